import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParleyClient, ServiceUrls } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { freePorts } from '@parley/testing';
import { localClient } from '../../apps/standalone/src/client/local-client';
import { SystemProcess } from '../../apps/standalone/src/launch/system-process';

/** The first start builds the page. */
const UP_WITHIN_MS = 300_000;

export interface RunningPage {
  url: string;
  key: string;
  dataDir: string;
  client: ParleyClient;
  services: ServiceUrls;
  stop(): Promise<void>;
}

/**
 * `npm start` with its page and with auth, in a data folder and on ports of its own.
 * @param settings of its operator, beside those; with PAGE_PORT, where somebody has to know it before
 */
export async function startPage(settings: Record<string, string> = {}): Promise<RunningPage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-page-'));
  const key = 'a-key-for-people-at-the-page';
  const port = settings.PAGE_PORT ?? String((await freePorts(1))[0]);
  const url = `http://localhost:${port}`;
  const env = {
    ...settings,
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATA_DIR: dataDir,
    MODELS_DIR: join(PROJECT_ROOT, '.parley/models'),
    AUTH_ENABLED: '1',
    SERVICE_API_KEY: key,
    PAGE_PORT: port,
  };
  const system = await SystemProcess.start({ env, args: ['--no-demo'] });
  await system.up(UP_WITHIN_MS);
  await system.printed(/The page: http/, UP_WITHIN_MS);
  return {
    url,
    key,
    dataDir,
    client: localClient(system.urls, { apiKey: key }),
    services: system.urls,
    stop: async () => {
      await system.interrupt();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
