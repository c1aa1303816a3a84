import { randomBytes } from 'node:crypto';
import { BrokenPromiseError, promised } from '../../harness/broken-promise';
import type { Answer } from '../../harness/http';
import { problemCode } from '../harness/problem';
import type { ServiceProcess } from '../../harness/service-process';
import type { Subject } from '../harness/subject';
import { pledges } from '../pledge';

const LIMIT = 20;
const AT_MOST = LIMIT + 15;

export const rateLimitPledges = pledges(3, [
  {
    says: 'beyond its limit answers 429 with a Retry-After not earlier than the reset, by API key, on all replicas',
    limitMs: 90_000,
    check: async (subject) => {
      const keys = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')] as const;
      const settings = {
        SERVICE_API_KEY: keys.join(','),
        RATE_LIMIT_PER_MINUTE: String(LIMIT),
      };
      await subject.withProcess(settings, (first) =>
        subject.withProcess(settings, async (second) => {
          const refused = await askUntilRefused(subject, first, { key: keys[0] });
          promised(problemCode(refused) === 'too-many-requests', 'it is another problem');
          const { 'retry-after': retryAfter, ratelimit = '' } = refused.headers;
          const reset = /\bt=(\d+)/.exec(String(ratelimit))?.[1];
          promised(retryAfter !== undefined, 'there is no Retry-After');
          promised(reset !== undefined, `RateLimit does not tell the reset: ${String(ratelimit)}`);
          promised(
            refused.headers['ratelimit-policy'] !== undefined,
            'there is no RateLimit-Policy',
          );
          promised(
            Number(retryAfter) >= Number(reset) && Number(retryAfter) > 0,
            `Retry-After is ${retryAfter}, the reset in ${reset} s`,
          );
          const there = await subject.ask(subject.sample.read, { key: keys[0] }, second);
          promised(
            there.status === 429,
            `another replica answered the same caller ${there.status}`,
          );
          const other = await subject.ask(subject.sample.read, { key: keys[1] }, first);
          promised(other.status !== 429, 'another key was refused too');
        }),
      );
    },
  },
  {
    says: 'without auth counts by address, whatever X-Forwarded-For says',
    limitMs: 90_000,
    check: (subject) =>
      subject.withProcess(
        { AUTH_ENABLED: '0', SERVICE_API_KEY: undefined, RATE_LIMIT_PER_MINUTE: String(LIMIT) },
        async (process) => {
          let count = 0;
          await askUntilRefused(subject, process, { key: null }, () => ({
            'x-forwarded-for': `198.51.100.${String(count++)}`,
            'x-real-ip': `198.51.100.${String(count)}`,
            forwarded: `for=198.51.100.${String(count)}`,
          }));
        },
      ),
  },
  {
    says: 'leaves the probes and the metrics unlimited',
    check: (subject) =>
      subject.withProcess({ RATE_LIMIT_PER_MINUTE: String(LIMIT) }, async (process) => {
        // First that there is a limit at all.
        await askUntilRefused(subject, process, {});
        for (let count = 0; count < AT_MOST; count++) {
          const { status } = await subject.ask('/livez', { key: null }, process);
          promised(status === 200, `/livez was answered ${status}`);
        }
        const { status } = await subject.ask('/metrics', { key: null }, process);
        promised(status === 200, `/metrics was answered ${status}`);
      }),
  },
]);

/** @throws BrokenPromiseError when nothing is refused, or sooner than promised */
async function askUntilRefused(
  subject: Subject,
  process: ServiceProcess,
  ask: { key?: string | null },
  headers: () => Record<string, string> = () => ({}),
): Promise<Answer> {
  for (let count = 1; count <= AT_MOST; count++) {
    const answer = await subject.ask(subject.sample.read, { ...ask, headers: headers() }, process);
    if (answer.status !== 429) continue;
    promised(count > LIMIT, `request ${count} of ${LIMIT} was refused already`);
    return answer;
  }
  throw new BrokenPromiseError(
    `nobody was refused in ${AT_MOST} requests with a limit of ${LIMIT}`,
  );
}
