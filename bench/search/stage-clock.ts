/** Notes how long the methods of some objects take, while they are used as ever. */
export class StageClock {
  private readonly spent = new Map<string, number[]>();

  /** @param target whose method `name` is watched, under the name `stage` */
  watch<T extends object>(target: T, name: keyof T & string, stage: string): void {
    const method = target[name] as (...args: unknown[]) => Promise<unknown>;
    const note = (ms: number): void => {
      this.spent.set(stage, [...(this.spent.get(stage) ?? []), ms]);
    };
    Object.assign(target, {
      [name]: async (...args: unknown[]): Promise<unknown> => {
        const startedAt = performance.now();
        try {
          return await method.apply(target, args);
        } finally {
          note(performance.now() - startedAt);
        }
      },
    });
  }

  /** What was noted since it was asked last. */
  take(): Map<string, number[]> {
    const taken = new Map(this.spent);
    this.spent.clear();
    return taken;
  }
}
