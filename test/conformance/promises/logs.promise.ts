import { randomUUID } from 'node:crypto';
import { newId, topicOf } from '@parley/contracts';
import Redis from 'ioredis';
import { promised, shown } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import { planted, plantIn } from '../harness/planted';
import { pledges } from '../pledge';

export const logPledges = pledges(11, [
  {
    says: 'writes one JSON object a line, with time, level, service and what happened',
    check: async (subject) => {
      await subject.ask(subject.sample.unknown);
      const { lines } = subject.main;
      promised(lines.length > 0, 'it writes nothing');
      for (const line of lines.slice(-500)) {
        let entry: Record<string, unknown> | undefined;
        try {
          entry = JSON.parse(line) as Record<string, unknown>;
        } catch {
          entry = undefined;
        }
        promised(typeof entry === 'object', `this line is no JSON: ${shown(line)}`);
        promised(
          typeof entry.time === 'string' && !Number.isNaN(Date.parse(entry.time)),
          `this line has no time: ${shown(line)}`,
        );
        promised(entry.level !== undefined, `this line has no level: ${shown(line)}`);
        promised(entry.service === subject.name, `this line names another service: ${shown(line)}`);
        promised(
          typeof entry.msg === 'string',
          `this line does not say what happened: ${shown(line)}`,
        );
      }
    },
  },
  {
    says: 'shows no planted address, token, key or spoken word in logs, traces, metrics or problems',
    check: async (subject) => {
      const plant = planted();
      const answers = await plantIn(subject, plant);
      const marker = `conformance-${randomUUID()}`;
      await subject.ask('/v1/nothing-here', { headers: { 'x-request-id': marker } });
      // What was logged before this line has arrived.
      await eventually(
        'nothing about the requests is logged',
        5_000,
        () => subject.main.lines.some((line) => line.includes(marker)) || undefined,
      );
      const metrics = (await subject.ask('/metrics', { key: null })).text;
      const places: [string, string][] = [
        ['the log', subject.main.output],
        ['the metrics', metrics],
        ['the traces', subject.around.traces.raw],
        ...answers.map(({ path, status, text }): [string, string] => [`${path} (${status})`, text]),
      ];
      for (const [place, text] of places) {
        for (const [what, value] of Object.entries({
          ...plant,
          ...named(subject.around.secrets),
        })) {
          promised(!text.includes(value), `${what} is in ${place}: ${around(text, value)}`);
        }
      }
    },
  },
  {
    says: 'gives a poisoned message up with a reason that repeats nothing of what was said',
    waits: true,
    limitMs: 150_000,
    except: { rag: 'takes no events' },
    check: async (subject) => {
      const { words } = planted();
      const redis = new Redis(subject.around.redisUrl);
      try {
        const type = subject.sample.event;
        promised(type !== null, 'it handles no event');
        const stream = `parley:${topicOf(type)}`;
        const event = { id: newId(), type, version: 1, data: { words, text: words } };
        await redis.xadd(stream, '*', 'type', type, 'event', JSON.stringify(event));
        const reason = await eventually(`no dead letter came of ${type}`, 120_000, async () => {
          for (const [, fields] of await redis.xrevrange(`${stream}:dead`, '+', '-', 'COUNT', 50)) {
            const letter = Object.fromEntries(pairs(fields));
            const isOurs = letter.group === subject.name && letter.event?.includes(words);
            if (isOurs) return letter.reason;
          }
          return undefined;
        });
        promised(reason !== '', 'the dead letter has no reason');
        promised(!reason.includes(words), `the reason repeats it: ${shown(reason)}`);
        promised(!subject.main.output.includes(words), 'the log repeats it');
      } finally {
        redis.disconnect();
      }
    },
  },
]);

function pairs(fields: readonly string[]): [string, string][] {
  return fields.flatMap((field, at) => (at % 2 === 0 ? [[field, fields[at + 1] ?? '']] : []));
}

function named(secrets: readonly string[]): Record<string, string> {
  return Object.fromEntries(secrets.map((value, at) => [`secret ${String(at + 1)}`, value]));
}

function around(text: string, value: string): string {
  const at = text.indexOf(value);
  return shown(text.slice(Math.max(0, at - 120), at + value.length + 20));
}
