import { treeUse } from '../process-tree';

/** Often enough to see an utterance of the longest kind being decoded, seldom enough to cost next to nothing. */
const LOOK_EVERY_MS = 1_000;

/** Watches what a process and its children hold. @returns the call that ends it and says the most there was, in MB. */
export function peakMemory(pid: number): () => number {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, treeUse(pid)?.pssBytes ?? Number.NaN);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    return most / 1e6;
  };
}
