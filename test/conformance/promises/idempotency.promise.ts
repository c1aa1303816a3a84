import { randomUUID } from 'node:crypto';
import Redis from 'ioredis';
import { promised, shown } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';
import { valueOf } from '../harness/exposition';
import type { Answer } from '../../harness/http';
import { problemCode } from '../harness/problem';
import { spareOf } from '../harness/spare';
import { whileLocked } from '../harness/table-lock';
import { pledges, type Pledge } from '../pledge';

const AT_ONCE = 100;
/** DESIGN section 7: the longest that any request may take by default. */
const SHORTEST_MARK_MS = 15_000;

const NO_WRITES = 'its one write changes nothing';
const except: Pledge['except'] = { asr: NO_WRITES };

const isReplay = (answer: Answer): boolean => answer.headers['idempotent-replayed'] === 'true';
const succeeded = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;

export const idempotencyPledges = pledges(2, [
  {
    says: `of ${AT_ONCE} requests at once with one key lets one take effect; the rest hear 409 or its very answer`,
    except,
    check: async (subject) => {
      const write = await subject.newWrite();
      const idempotencyKey = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, () => subject.write(write, { idempotencyKey })),
      );
      const firsts = answers.filter((answer) => succeeded(answer) && !isReplay(answer));
      promised(
        firsts.length === 1,
        `${firsts.length} of ${AT_ONCE} were answered as first: ${tally(answers)}`,
      );
      for (const answer of answers) {
        if (answer === firsts[0]) continue;
        if (isReplay(answer)) {
          promised(answer.text === firsts[0]?.text, 'a replay differs from the first answer');
          promised(answer.status === firsts[0].status, `a replay has the status ${answer.status}`);
        } else {
          const code = problemCode(answer);
          promised(code === 'idempotency-in-flight', `another was answered ${code}`);
        }
      }
      const effects = await write.effects?.();
      promised(effects === undefined || effects === 1, `it took effect ${String(effects)} times`);
    },
  },
  {
    says: 'answers a repetition with the first answer, marked as replayed, without a second effect',
    except,
    check: async (subject) => {
      const write = await subject.newWrite();
      const idempotencyKey = randomUUID();
      const first = await subject.write(write, { idempotencyKey });
      promised(succeeded(first), `the write answered ${first.status} ${shown(first.text)}`);
      promised(!isReplay(first), 'the first answer calls itself a replay');
      const again = await subject.write(write, { idempotencyKey });
      promised(isReplay(again), `the repetition is not marked: ${again.status}`);
      promised(again.status === first.status && again.text === first.text, 'it differs');
      const effects = await write.effects?.();
      promised(effects === undefined || effects === 1, `it took effect ${String(effects)} times`);
    },
  },
  {
    says: 'answers 422 when the key comes with another payload',
    except,
    check: async (subject) => {
      const write = await subject.newWrite();
      const idempotencyKey = randomUUID();
      await subject.write(write, { idempotencyKey });
      const other = { ...write, body: write.otherBody };
      const code = problemCode(await subject.write(other, { idempotencyKey }));
      promised(code === 'idempotency-key-reused', `it answered ${code}`);
    },
  },
  {
    says: "takes another caller's same key for another request",
    except,
    check: async (subject) => {
      const write = await subject.newWrite();
      const idempotencyKey = randomUUID();
      const first = await subject.write(write, { idempotencyKey });
      promised(succeeded(first), `the write answered ${first.status}`);
      await assertRepeats(first, () => subject.write(write, { idempotencyKey }));
      const key = subject.around.keys[1];
      assertIndependent(await subject.write(write, { idempotencyKey, key }));
    },
  },
  {
    says: "takes another route's same key for another request",
    except: { ...except, nlu: 'one route only takes writes' },
    check: async (subject) => {
      const write = await subject.newWrite();
      const idempotencyKey = randomUUID();
      const first = await subject.write(write, { idempotencyKey });
      await assertRepeats(first, () => subject.write(write, { idempotencyKey }));
      const { path, body } = subject.sample.otherWrite ?? { path: '', body: {} };
      assertIndependent(
        await subject.ask(path, {
          method: 'POST',
          json: body,
          headers: { 'idempotency-key': idempotencyKey },
        }),
      );
    },
  },
  {
    says: 'leaves the key free when it refuses the request (400, 401)',
    except,
    check: async (subject) => {
      const write = await subject.newWrite();
      const idempotencyKey = randomUUID();
      const bad = await subject.write({ ...write, body: write.badBody }, { idempotencyKey });
      promised(bad.status === 400, `a bad body answered ${bad.status}`);
      const stranger = await subject.write(write, { idempotencyKey, key: null });
      promised(stranger.status === 401, `no key answered ${stranger.status}`);
      const first = await subject.write(write, { idempotencyKey });
      promised(succeeded(first) && !isReplay(first), `then it answered ${first.status}`);
      await assertRepeats(first, () => subject.write(write, { idempotencyKey }));
    },
  },
  {
    says: 'refuses a key that is no key (empty, too long, with control characters)',
    except,
    check: async (subject) => {
      const write = await subject.newWrite();
      for (const idempotencyKey of ['', 'k'.repeat(5_000), 'a\tb']) {
        const answer = await subject.write(write, { idempotencyKey });
        promised(answer.status === 400, `${shown(idempotencyKey)} answered ${answer.status}`);
        problemCode(answer);
      }
    },
  },
  {
    says: 'keeps the mark of a request in hand longer than the longest request may take',
    except: { ...except, nlu: 'nothing can hold its one write up' },
    check: async (subject) => {
      const write = await subject.newWrite();
      const redis = new Redis(subject.around.redisUrl);
      try {
        const before = new Set(await redis.keys('*'));
        const { table } = subject.sample.slowRead;
        await whileLocked(subject.around.databaseUrl, table, async () => {
          const pending = subject.write(write, { idempotencyKey: randomUUID() });
          const left = await eventually('no mark of it is in Redis', 5_000, async () => {
            const fresh = (await redis.keys('*')).filter((key) => !before.has(key));
            const marks = await Promise.all(fresh.map((key) => redis.pttl(key)));
            const longest = Math.max(...marks, 0);
            return longest > 0 ? longest : undefined;
          });
          promised(left >= SHORTEST_MARK_MS, `the mark goes after ${left} ms`);
          return { pending };
        }).then(({ pending }) => pending);
      } finally {
        redis.disconnect();
      }
    },
  },
  {
    says: 'without Redis counts keys in memory, and a gauge says so',
    except,
    limitMs: 90_000,
    check: async (subject) => {
      const { process, redis, database } = await spareOf(subject);
      const gauge = new RegExp(`^${subject.prefix}_idempotency_\\w*fallback\\w*$`);
      const shows = (value: number) => async (): Promise<boolean | undefined> =>
        valueOf(await subject.metrics(process), gauge) === value || undefined;
      await eventually('the gauge does not say that Redis is there', 10_000, shows(0));
      await redis.shut();
      try {
        const write = await subject.newWrite(database);
        const idempotencyKey = randomUUID();
        const first = await eventually('no write succeeds without Redis', 15_000, async () => {
          const answer = await subject.write(write, { idempotencyKey }, process);
          return succeeded(answer) ? answer : undefined;
        });
        await assertRepeats(first, () => subject.write(write, { idempotencyKey }, process));
        await eventually('the gauge does not say that Redis is away', 10_000, shows(1));
      } finally {
        await redis.open();
      }
      await eventually('the gauge does not say that Redis is back', 20_000, shows(0));
    },
  },
]);

async function assertRepeats(first: Answer, repeat: () => Promise<Answer>): Promise<void> {
  const again = await repeat();
  promised(
    isReplay(again) && again.text === first.text,
    `the key means nothing: its repetition answered ${again.status}, not marked as replayed`,
  );
}

function assertIndependent(answer: Answer): void {
  promised(!isReplay(answer), 'it was answered with the answer to the other request');
  if (answer.status < 400) return;
  const code = problemCode(answer);
  promised(!code.startsWith('idempotency-'), `it was refused: ${code}`);
}

function tally(answers: readonly Answer[]): string {
  const counts = new Map<string, number>();
  for (const answer of answers) {
    const kind = `${answer.status}${isReplay(answer) ? ' replayed' : ''}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} x ${kind}`).join(', ');
}
