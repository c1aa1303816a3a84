import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParleyClient } from '@parley/client';
import {
  environmentWith,
  loadSettings,
  modelsPath,
  processSources,
  SERVICE_NAMES,
  serviceSettings,
  settingFile,
} from '@parley/config';
import { localClient } from '../client/local-client';
import { StartError } from '../launch/start-error';
import { SystemProcess } from '../launch/system-process';

const START_LIMIT_MS = 120_000;

/** Where data goes and who may come in: never the operator's own. */
const ELSEWHERE = {
  DATABASE_URL: '',
  DATABASE_POOL_SIZE: '',
  REDIS_URL: '',
  HOST: '127.0.0.1',
  AUTH_ENABLED: '0',
  SERVICE_API_KEY: '',
  OIDC_ISSUER: '',
  OIDC_CLIENT_ID: '',
  OIDC_CLIENT_SECRET: '',
  OIDC_ACCESS: '',
  RATE_LIMIT_PER_MINUTE: '0',
  OTEL_EXPORTER_OTLP_ENDPOINT: '',
  LOG_LEVEL: 'info',
  ...Object.fromEntries(SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, ''])),
};

/** What depends on when things come and not on what was said: it would come out otherwise at another speed. */
const UNHURRIED = {
  // Which of two suggestions is one too many depends on which comes first. That is the one spoken first, but
  // not always where people speak at once: their lines come as they are decoded, and nobody promises an order.
  SUGGESTION_COOLDOWN_SECONDS: '0',
  SUGGESTIONS_PER_MEETING: '100000',
  // People in a meeting would not wait longer for a better answer; here nobody waits.
  RAG_QUERY_EMBEDDING_SECONDS: '30',
  // Nobody else is there to take the meeting over, however late a busy machine renews its lease.
  ASR_LEASE_SECONDS: '60',
};

/** A system that is there for one replay: its settings are the machine's, its data goes with it. */
export interface OwnSystem {
  client: ParleyClient;
  /** What its log holds beyond information, each event with how often. */
  complaints(): string[];
  stop(): Promise<void>;
}

/** @throws StartError when it does not come up. */
export async function startOwnSystem(): Promise<OwnSystem> {
  // A Docker secret cannot be put aside.
  for (const name of ['DATABASE_URL', 'REDIS_URL']) {
    if (settingFile(name, { ...processSources, env: {} }) === undefined) continue;
    throw new StartError(
      `${name} is a Docker secret here: a replay would use it. Replay elsewhere.`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-replay-'));
  const models = modelsPath(loadSettings(serviceSettings));
  const env = environmentWith({
    ...ELSEWHERE,
    ...UNHURRIED,
    DATA_DIR: folder,
    MODELS_DIR: models,
  });
  const system = await SystemProcess.start({ env });
  const stop = async (): Promise<void> => {
    await system.interrupt();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await system.up(START_LIMIT_MS);
  } catch (error) {
    await stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`No system of its own came up. ${reason}`, { cause: error });
  }
  return {
    client: localClient(system.urls),
    complaints: () => complaintsIn(join(folder, 'logs', 'parley.jsonl')),
    stop,
  };
}

function complaintsIn(log: string): string[] {
  const counts = new Map<string, number>();
  for (const line of readFileSync(log, 'utf8').split('\n').filter(Boolean)) {
    const { level, event } = JSON.parse(line) as { level: string; event?: string };
    if (level === 'info' || level === 'debug') continue;
    const name = event ?? level;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`));
}
