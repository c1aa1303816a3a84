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

export interface Round extends LoadReport {
  /** Processor time of the server for one request, in microseconds. */
  cpuUs: number;
  seconds: number;
}

const CONNECTIONS = 32;

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

  /** Loads it for so many seconds, from another process. */
  async round(seconds: number): Promise<Round> {
    const { headers, withKeys } = this.variant;
    const before = await this.cpuMs();
    const report = await load({
      port: this.port,
      connections: CONNECTIONS,
      seconds,
      headers,
      withKeys,
    });
    const cpuMs = (await this.cpuMs()) - before;
    return { ...report, seconds, cpuUs: (cpuMs * 1_000) / report.requests };
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
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
