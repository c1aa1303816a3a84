import { randomBytes } from 'node:crypto';
import type { ReceivedSpan } from '@parley/testing';
import Redis from 'ioredis';
import { callsOut } from '../harness/call-out';
import { promised, shown } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import { spareOf } from '../harness/spare';
import type { Subject } from '../harness/subject';
import { NO_CALLS, NO_EVENTS, pledges } from '../pledge';

const SERVER = 2;
const EXPORTED_WITHIN_MS = 15_000;

export const tracePledges = pledges(13, [
  {
    says: 'takes the W3C trace context of a request over, and begins its own when it is malformed',
    check: async (subject) => {
      const trace = newTrace();
      await subject.ask(subject.sample.read, { headers: { traceparent: trace.header } });
      const span = await spanOf(
        subject,
        // A service it calls serves the same trace, and may export its span first.
        (found) =>
          found.traceId === trace.id && found.kind === SERVER && found.service === subject.name,
      );
      promised(span.parentSpanId === trace.span, `its parent is ${shown(span.parentSpanId)}`);
      const marker = randomBytes(8).toString('hex');
      const bad = `00-${marker.repeat(2)}-${'0'.repeat(16)}-01`;
      const { status } = await subject.ask(subject.sample.read, { headers: { traceparent: bad } });
      promised(status < 500, `a malformed traceparent was answered ${status}`);
      const taken = subject.around.traces.spans.some(({ traceId }) => traceId === marker.repeat(2));
      promised(!taken, 'a malformed trace was taken over');
    },
  },
  {
    says: 'passes its trace on when it calls another service',
    except: NO_CALLS,
    check: async (subject) => {
      const spare = await spareOf(subject);
      const trace = newTrace();
      await callsOut(subject, spare, { traceparent: trace.header });
      const { headers } = await spare.canary.call(({ headers: sent }) =>
        String(sent.traceparent).includes(trace.id),
      );
      promised(
        !String(headers.traceparent).includes(trace.span),
        'the call names the caller itself as its parent',
      );
    },
  },
  {
    says: 'hands its trace to the events that a request causes, and to who takes them from the bus',
    except: NO_EVENTS,
    check: async (subject) => {
      const trace = newTrace();
      const write = await subject.newWrite();
      await subject.write(write, { headers: { traceparent: trace.header } });
      const redis = new Redis(subject.around.redisUrl);
      try {
        await eventually('no event on the bus carries the trace', 10_000, () =>
          onTheBus(redis, trace.id),
        );
      } finally {
        redis.disconnect();
      }
      // Ingestion's meetings and agent's decisions have listeners among the six.
      if (subject.name === 'rag') return;
      await spanOf(
        subject,
        ({ traceId, service }) => traceId === trace.id && service !== subject.name,
      );
    },
  },
  {
    says: 'puts nothing of a message or a query into the attributes of its spans',
    check: async (subject) => {
      if (subject.sample.write) await subject.write(await subject.newWrite());
      const spans = subject.around.traces.spans.filter(({ service }) => service === subject.name);
      promised(spans.length > 0, 'it exported no spans at all');
      for (const { name, attributes } of spans) {
        for (const [attribute, value] of Object.entries(attributes)) {
          const text = String(value);
          promised(
            !/\b(body|payload|prompt|completion|message\.content)\b/.test(attribute),
            `${name} has ${attribute}`,
          );
          // Bound values stand apart as $1, or they would be in the statement.
          const quotes =
            /^db\.(statement|query\.text)$/.test(attribute) &&
            /'[^']*conformance [0-9a-f]/.test(text);
          promised(!quotes, `${name} shows values in ${attribute}: ${shown(text)}`);
          promised(text.length <= 4_096, `${name}: ${attribute} is ${text.length} characters long`);
        }
      }
    },
  },
]);

interface Trace {
  id: string;
  span: string;
  header: string;
}

function newTrace(): Trace {
  const [id, span] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { id, span, header: `00-${id}-${span}-01` };
}

function spanOf(subject: Subject, fits: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
  return eventually('no such span was exported', EXPORTED_WITHIN_MS, () =>
    subject.around.traces.spans.find(fits),
  );
}

async function onTheBus(redis: Redis, text: string): Promise<true | undefined> {
  for (const stream of await redis.keys('parley:*')) {
    if (!/^parley:[a-z.]+$/.test(stream) || (await redis.type(stream)) !== 'stream') continue;
    const entries = await redis.xrevrange(stream, '+', '-', 'COUNT', 200);
    if (JSON.stringify(entries).includes(text)) return true;
  }
  return undefined;
}
