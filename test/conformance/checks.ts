import { BrokenPromiseError } from '../harness/broken-promise';
import type { Subject } from './harness/subject';
import type { Pledge } from './pledge';

/** One cell of the table. */
export interface Check {
  subject: Subject;
  pledge: Pledge;
}

const LONGEST_CHECK_MS = 60_000;

/** Checks that run beside each other while the tests wait for how theirs came out. */
export class Checks {
  private readonly outcomes = new Map<string, Promise<Error | undefined>>();
  /** How long each took, for who wants to make the suite faster. Unit: milliseconds. */
  readonly took = new Map<string, number>();

  /** Begins `chains`, at most `atOnce` at a time; the checks of a chain follow one another. */
  begin(chains: readonly (readonly Check[])[], atOnce: number): void {
    const queue = chains.map((chain) =>
      chain.map((check) => ({ check, settle: this.expect(check) })),
    );
    const worker = async (): Promise<void> => {
      for (let chain = queue.shift(); chain; chain = queue.shift()) {
        for (const { check, settle } of chain) settle(await this.run(check));
      }
    };
    for (let count = 0; count < atOnce; count++) void worker();
  }

  /** @throws what the check threw */
  async outcome(check: Check): Promise<void> {
    const failure = await this.outcomes.get(nameOf(check));
    if (failure !== undefined) throw failure;
  }

  async ended(): Promise<void> {
    await Promise.all(this.outcomes.values());
  }

  private expect(check: Check): (failure: Error | undefined) => void {
    let settle: (failure: Error | undefined) => void = () => undefined;
    this.outcomes.set(nameOf(check), new Promise((resolve) => (settle = resolve)));
    return settle;
  }

  private async run({ subject, pledge }: Check): Promise<Error | undefined> {
    const { limitMs = LONGEST_CHECK_MS } = pledge;
    const startedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Error>((resolve) => {
      timer = setTimeout(() => {
        resolve(new BrokenPromiseError(`the check was not done after ${limitMs / 1_000} s`));
      }, limitMs);
    });
    try {
      return await Promise.race([late, pledge.check(subject).then(() => undefined)]);
    } catch (error) {
      return error as Error;
    } finally {
      clearTimeout(timer);
      this.took.set(nameOf({ subject, pledge }), Math.round(performance.now() - startedAt));
    }
  }
}

function nameOf({ subject, pledge }: Check): string {
  return `${subject.name}, ${String(pledge.row)}: ${pledge.says}`;
}
