/** The work that a policy guards; it ends when its signal says so. */
export type Call<T> = (signal: AbortSignal) => Promise<T>;

/** One idea about how a call may fail. Policies wrap one another: see `compose`. */
export interface Policy {
  /**
   * Runs `call`, or refuses to.
   * @param signal the caller's own: when it fires, nothing is begun or waited for any more.
   */
  execute<T>(call: Call<T>, signal: AbortSignal): Promise<T>;
}
