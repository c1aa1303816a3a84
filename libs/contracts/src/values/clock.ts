/** Where the time comes from: injected, so that tests can hold it in their hands. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Goes on while the wall clock is set. Its zero is nowhere in particular. */
export const steadyClock: Clock = { now: () => performance.now() };
