import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParleyClient } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { ContractWatch } from '@parley/testing';
import { localClient } from '../../apps/standalone/src/client/local-client';
import { SystemProcess } from '../../apps/standalone/src/launch/system-process';

const START_LIMIT_MS = 90_000;

export interface RunningParley {
  client: ParleyClient;
  /** Compares every answer that the client gets with the committed documents. */
  contract: ContractWatch;
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
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: dataDir,
    MODELS_DIR: join(PROJECT_ROOT, '.parley/models'),
    ...settings,
  };
  const system = await SystemProcess.start({ env });
  await system.up(START_LIMIT_MS);
  const contract = new ContractWatch(system.urls);
  return {
    client: localClient(system.urls, { fetch: contract.fetch }),
    contract,
    output: () => system.output,
    interrupt: () => system.interrupt(),
    stop: async () => {
      await system.interrupt();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
