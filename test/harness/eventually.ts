import { setTimeout as wait } from 'node:timers/promises';
import { BrokenPromiseError } from './broken-promise';

const LOOK_EVERY_MS = 25;

/**
 * Looks until there is something: for what another process does, which nobody can await.
 * @throws BrokenPromiseError `sentence` when there is nothing after `limitMs`
 */
export async function eventually<T>(
  sentence: string,
  limitMs: number,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() - startedAt > limitMs) throw new BrokenPromiseError(sentence);
    await wait(LOOK_EVERY_MS);
  }
}
