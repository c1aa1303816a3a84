import { fork, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { LoadOrder, LoadReport } from './load.main';
import type { ServerReport } from './server-messages';

/** One variant of the route, in a process of its own. */
export interface Variant {
  name: string;
  /** Program and arguments. */
  command: readonly [string, ...string[]];
  env: Record<string, string>;
  headers: Record<string, string>;
  withKeys: boolean;
  /** The platform, of which something is promised; the others are baselines. */
  ours: boolean;
}

export interface Round {
  /** Processor time of the server for one request, in microseconds. */
  cpuUs: number;
  /** Answered while every connection was kept busy. */
  perSecond: number;
  /** How long requests took that came at `EVEN_PER_SECOND`. */
  p50Ms: number;
  p99Ms: number;
  failures: number;
}

export const CONNECTIONS = 32;
/**
 * What every variant carries with room to spare. How long a request takes is measured at this rate: where the next one is sent as
 * soon as one is answered, each waits for all the others, and its time is that of 32.
 */
export const EVEN_PER_SECOND = 500;

/** A running variant that can be loaded in rounds. */
export class MeasuredServer {
  private constructor(
    readonly variant: Variant,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: Interface,
    private readonly port: number,
  ) {}

  static async start(variant: Variant): Promise<MeasuredServer> {
    const [program, ...args] = variant.command;
    const child = spawn(program, args, {
      env: { ...process.env, ...variant.env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const failed = once(child, 'exit').then(() => {
      throw new Error(`${variant.name} did not start.`);
    });
    const { port = 0 } = await Promise.race([nextReport(lines), failed]);
    failed.catch(() => undefined);
    return new MeasuredServer(variant, child, lines, port);
  }

  /** Loads it from another process: as fast as it answers, then evenly, so many seconds each. */
  async round(seconds: number): Promise<Round> {
    const before = await this.cpuMs();
    const busy = await this.load({ seconds });
    const cpuMs = (await this.cpuMs()) - before;
    const even = await this.load({ seconds, perSecond: EVEN_PER_SECOND });
    return {
      cpuUs: (cpuMs * 1_000) / busy.requests,
      perSecond: busy.requests / seconds,
      p50Ms: even.p50Ms,
      p99Ms: even.p99Ms,
      failures: busy.failures + even.failures,
    };
  }

  async warmUp(seconds: number): Promise<void> {
    await this.load({ seconds });
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private load(how: Pick<LoadOrder, 'seconds' | 'perSecond'>): Promise<LoadReport> {
    const { headers, withKeys } = this.variant;
    return load({ port: this.port, connections: CONNECTIONS, headers, withKeys, ...how });
  }

  private async cpuMs(): Promise<number> {
    const answer = nextReport(this.lines);
    this.child.stdin.write('cpu\n');
    return (await answer).cpuMs ?? 0;
  }
}

async function nextReport(lines: Interface): Promise<ServerReport> {
  const [line] = (await once(lines, 'line')) as [string];
  return JSON.parse(line) as ServerReport;
}

async function load(order: LoadOrder): Promise<LoadReport> {
  const child = fork(join(__dirname, 'load.main.js'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answer = once(child, 'message') as Promise<[LoadReport]>;
  child.send(order);
  const [report] = await answer;
  return report;
}
