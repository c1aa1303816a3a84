/** Waits `waitMs`, or until `signal` fires, whichever comes first. */
export async function wait(waitMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    signal.addEventListener('abort', done);
  });
}

/** Waits for all of `work`, however it ends, but no longer than `waitMs`; tells whether all ended. */
export async function settled(work: Iterable<Promise<unknown>>, waitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, waitMs);
  });
  const all = Promise.allSettled(work).then(() => true as const);
  const ended = await Promise.race([all, late]);
  clearTimeout(timer);
  return ended;
}
