import { setTimeout as wait } from 'node:timers/promises';

/** Resolves once it is so: for what announces itself to nobody. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(10);
}
