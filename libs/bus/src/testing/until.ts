import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is not undefined: for state that announces itself to nobody. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(10);
  }
}
