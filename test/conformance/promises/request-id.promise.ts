import { randomUUID } from 'node:crypto';
import Redis from 'ioredis';
import { promised, shown } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import { spareOf } from '../harness/spare';
import { callsOut } from '../harness/call-out';
import { NO_CALLS, NO_EVENTS, pledges } from '../pledge';

const WELL_FORMED = /^[A-Za-z0-9._-]{1,128}$/;

export const requestIdPledges = pledges(10, [
  {
    says: 'keeps a well-formed X-Request-ID, and replaces any other',
    check: async (subject) => {
      const ask = async (id: string | string[]): Promise<unknown> =>
        (await subject.ask(subject.sample.read, { headers: { 'x-request-id': id } })).headers[
          'x-request-id'
        ];
      for (const id of ['a', 'A-b_c.9', 'x'.repeat(128)]) {
        promised((await ask(id)) === id, `${shown(id)} was replaced`);
      }
      const bad = [
        '',
        'x'.repeat(129),
        'has space',
        'ümlaut',
        '<script>',
        'a/b',
        'a,b',
        '{}',
        ['a', 'b'],
      ];
      for (const id of bad) {
        const given = await ask(id);
        promised(
          typeof given === 'string' && WELL_FORMED.test(given) && given !== String(id),
          `${shown(id)} became ${shown(given)}`,
        );
      }
      promised((await ask('')) !== (await ask('')), 'two requests got the same id');
    },
  },
  {
    says: 'writes it on the log lines of the request, and on no other line',
    check: async (subject) => {
      const requestId = `conformance-${randomUUID()}`;
      const other = `conformance-${randomUUID()}`;
      const ask = (id: string) =>
        subject.ask(subject.sample.unknown, { headers: { 'x-request-id': id } });
      await Promise.all([ask(requestId), ask(other), ask(requestId)]);
      const line = await eventually('no log line carries it', 5_000, () =>
        subject.main.lines.find((text) => text.includes(requestId)),
      );
      promised(
        line.startsWith('{') &&
          (JSON.parse(line) as { requestId?: unknown }).requestId === requestId,
        `it stands elsewhere than in requestId: ${shown(line)}`,
      );
      const mixed = subject.main.lines.some(
        (text) => text.includes(requestId) && text.includes(other),
      );
      promised(!mixed, 'a line carries the ids of two requests');
    },
  },
  {
    says: 'passes it on with the event that the request caused',
    except: NO_EVENTS,
    check: async (subject) => {
      const requestId = `conformance-${randomUUID()}`;
      const write = await subject.newWrite();
      const { status } = await subject.write(write, { headers: { 'x-request-id': requestId } });
      promised(status < 300, `the write answered ${status}`);
      const redis = new Redis(subject.around.redisUrl);
      try {
        await eventually('no event on the bus carries it', 10_000, async () => {
          const streams = (await redis.keys('parley:*')).filter((key) =>
            /^parley:[a-z.]+$/.test(key),
          );
          const found = await Promise.all(
            streams.map(async (stream) =>
              (await redis.type(stream)) === 'stream'
                ? redis.xrevrange(stream, '+', '-', 'COUNT', 200)
                : [],
            ),
          );
          return JSON.stringify(found).includes(requestId) || undefined;
        });
      } finally {
        redis.disconnect();
      }
    },
  },
  {
    says: 'passes it on when it calls another service, with the key and the time that is left',
    except: NO_CALLS,
    check: async (subject) => {
      const spare = await spareOf(subject);
      const requestId = `conformance-${randomUUID()}`;
      await callsOut(subject, spare, { 'x-request-id': requestId });
      const { headers } = await spare.canary.call(
        ({ headers: sent }) => sent['x-request-id'] === requestId,
      );
      const { authorization, 'x-api-key': apiKey } = headers;
      const [key] = subject.around.keys;
      promised(authorization === `Bearer ${key}` || apiKey === key, 'the service key is not sent');
      const left = Number(headers['x-request-timeout-ms']);
      promised(
        left > 0 && left <= 1_000,
        `of 1 s it says that ${shown(headers['x-request-timeout-ms'])} ms are left`,
      );
    },
  },
]);
