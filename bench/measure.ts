import { loadavg } from 'node:os';
import { describeMachine, machineLine, type Machine } from './machine';
import type { SuiteReport } from './report/finding';
import { publish } from './report/publish';
import { readTerms } from './terms';

const LEFT_OPEN_MS = 2_000;

/** Progress, and what came of it: on stderr, so that stdout stays for machines. */
export type Say = (line: string) => void;

export const say: Say = (line) => void process.stderr.write(`${line}\n`);

/** What a suite is given. */
export interface Bench {
  args: string[];
  say: Say;
  /** Tiny sizes are enough: nobody looks at the numbers. */
  smoke: boolean;
  /** The day on which it began, and on what. */
  measuredOn: string;
  machine: Machine;
  /** One-minute load when it began. */
  load: number;
  /** Writes what came of it: its page, its figures, and docs/benchmarks.md anew. */
  publish(report: SuiteReport): void;
}

/** Runs a suite as the whole of a program: what it fails with is told, and the exit code is 1. */
export function measure(suite: string, run: (bench: Bench) => Promise<void>): void {
  const measuredOn = new Date().toISOString().slice(0, 10);
  const machine = describeMachine();
  const [load = 0] = loadavg();
  start(async () => {
    const { smoke, folder, rest } = readTerms(process.argv.slice(3));
    await run({
      args: rest,
      ...{ say, smoke, measuredOn, machine, load },
      publish(report) {
        publish(folder, report, { suite, measuredOn, machine: machineLine(machine), load });
        say(`${report.page}\nWritten to ${folder}.`);
      },
    });
  });
}

/** Runs a program that another measurement starts, with its order: JSON, the only argument. */
export function obey<Order>(run: (order: Order) => Promise<void>): void {
  start(() => run(JSON.parse(process.argv[2] ?? '') as Order));
}

function start(run: () => Promise<void>): void {
  // By its own hand, so that the services it started are stopped at its exit. Every time: a second Ctrl-C, or the one that
  // the program which started it passes on, would end it on the spot otherwise.
  process.on('SIGINT', () => process.exit(130)).on('SIGTERM', () => process.exit(143));
  run().catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
    // What it left open must not hold up whatever is measured next.
    setTimeout(() => process.exit(), LEFT_OPEN_MS).unref();
  });
}
