/** Progress, and what came of it: on stderr, so that stdout stays for machines. */
export type Say = (line: string) => void;

export const say: Say = (line) => void process.stderr.write(`${line}\n`);

/** Runs a measurement as the whole of a program: what it fails with is told, and the exit code is 1. */
export function measure(run: (args: string[], say: Say) => Promise<void>): void {
  run(process.argv.slice(3), say).catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  });
}

/** Runs a program that another measurement starts, with its order: JSON, the only argument. */
export function obey<Order>(run: (order: Order) => Promise<void>): void {
  run(JSON.parse(process.argv[2] ?? '') as Order).catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  });
}
