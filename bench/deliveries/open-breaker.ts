import { percentile } from '../percentile';
import type { Replica } from './replica';
import type { SlowProvider } from './slow-provider';

export interface BreakerAnswers {
  /** Wall time of an attempt over HTTP, while the provider answers and while it is left alone. Unit: milliseconds. */
  well: { p50: number; p95: number };
  open: { p50: number; p95: number };
  attempts: number;
}

const OPENING = 20;

/** Tests a connection, which is one attempt: through a closed breaker, then through an open one, which calls nobody. */
export async function measureOpenBreaker(
  replica: Replica,
  provider: SlowProvider,
  connectionId: string,
  attempts: number,
): Promise<BreakerAnswers> {
  const attempt = (): Promise<{ works: boolean; reason?: string }> =>
    replica.call('POST', `/v1/connections/${connectionId}/test`);
  const well = await timed(attempts, attempt, (answer) => answer.works);
  provider.answerWith(500);
  for (let call = 0; call < OPENING; call++) await attempt();
  const before = provider.taken();
  const open = await timed(
    attempts,
    attempt,
    ({ reason }) => reason?.includes('is left alone') ?? false,
  );
  if (provider.taken() !== before) throw new Error('the open breaker called the provider');
  provider.answerWith(200);
  return { well, open, attempts };
}

async function timed<T>(
  attempts: number,
  attempt: () => Promise<T>,
  isRight: (answer: T) => boolean,
): Promise<{ p50: number; p95: number }> {
  const times: number[] = [];
  for (let call = 0; call < attempts; call++) {
    const startedAt = performance.now();
    const answer = await attempt();
    times.push(performance.now() - startedAt);
    if (!isRight(answer)) throw new Error(`unexpected: ${JSON.stringify(answer)}`);
  }
  return {
    p50: percentile(times, 50) ?? Number.NaN,
    p95: percentile(times, 95) ?? Number.NaN,
  };
}
