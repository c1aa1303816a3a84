import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import { freePorts } from '@parley/testing';
import { ParleyClient, type ServiceUrls } from '../../apps/standalone/src/client/parley-client';

export interface RunningParley {
  client: ParleyClient;
  env: Record<string, string>;
  /** Everything it printed. */
  output(): string;
  /** Ctrl-C. @returns the exit code. */
  interrupt(): Promise<number | null>;
  /** Also removes its data. */
  stop(): Promise<void>;
}

/** Starts the built system as `npm start` does, in a data folder and on ports of its own. */
export async function startParley(settings: Record<string, string> = {}): Promise<RunningParley> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-e2e-'));
  const ports = await freePorts(SERVICE_NAMES.length);
  const portSettings = SERVICE_NAMES.map((name, index) => [
    `${name.toUpperCase()}_PORT`,
    String(ports[index]),
  ]);
  const env: Record<string, string> = {
    DATA_DIR: dataDir,
    MODELS_DIR: join(PROJECT_ROOT, '.parley/models'),
    ...(Object.fromEntries(portSettings) as Record<string, string>),
    ...settings,
  };
  const child = spawn(
    process.execPath,
    ['dist/apps/standalone/src/commands/start.main.js', '--no-demo'],
    {
      cwd: PROJECT_ROOT,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const up = new Promise<void>((resolve) => {
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (output.includes('Ctrl-C stops everything')) resolve();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
  });
  await Promise.race([
    up,
    exited.then(([code]) => {
      throw new Error(`Parley ended with ${String(code)} before it was up:\n${output}`);
    }),
  ]);
  const interrupt = async (): Promise<number | null> => {
    if (child.exitCode === null) child.kill('SIGINT');
    const [code] = await exited;
    return code;
  };
  const urls = Object.fromEntries(
    SERVICE_NAMES.map((name, index) => [name, `http://127.0.0.1:${String(ports[index])}`]),
  ) as ServiceUrls;
  return {
    client: new ParleyClient(urls),
    env,
    output: () => output,
    interrupt,
    stop: async () => {
      await interrupt();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
