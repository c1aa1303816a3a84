import { setTimeout as wait } from 'node:timers/promises';
import { ParleyProblem } from '@parley/client';

const TRY_AGAIN_MS = 150;
const LIMIT_MS = 60_000;
/** What another try may find changed although the answer was no 5xx. */
const PASSING = new Set(['channel-busy', 'idempotency-in-flight']);

/** Tries until there is an answer that counts: what a patient client does while the system is being broken. */
export async function persist<T>(attempt: () => Promise<T>, limitMs = LIMIT_MS): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error) || performance.now() - startedAt > limitMs) throw error;
    }
    await wait(TRY_AGAIN_MS);
  }
}

/** Everything but a refusal that will stay one. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ParleyProblem)) return true;
  return error.isTemporary || PASSING.has(error.code ?? '');
}
