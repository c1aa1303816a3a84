import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceUrls } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import { freePorts } from '@parley/testing';

const SERVER = join(PROJECT_ROOT, 'apps/ui/.next/standalone/apps/ui/server.js');
const UP_WITHIN_MS = 60_000;
const POLL_MS = 100;

/** The built page, which asks the services that a test says. */
export class PageServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(services: ServiceUrls): Promise<PageServer> {
    const [port] = await freePorts(1);
    const urls = SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, services[name]]);
    const child = spawn(process.execPath, [SERVER], {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        PORT: String(port),
        HOSTNAME: 'localhost',
        INGESTION_PUBLIC_PORT: new URL(services.ingestion).port,
        ...(Object.fromEntries(urls) as Record<string, string>),
      },
      stdio: 'ignore',
    });
    process.once('exit', () => child.kill('SIGKILL'));
    const server = new PageServer(`http://localhost:${port}`, child);
    const until = performance.now() + UP_WITHIN_MS;
    while (!(await server.answers())) {
      if (performance.now() > until) throw new Error('The page does not answer.');
      await wait(POLL_MS);
    }
    return server;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  private async answers(): Promise<boolean> {
    return fetch(`${this.url}/sign-in`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}
