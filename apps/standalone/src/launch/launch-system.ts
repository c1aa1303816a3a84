import type { Type } from '@nestjs/common';
import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { unwrap, type ParleyClient } from '@parley/client';
import {
  dataPath,
  loadSettings,
  peekSetting,
  provideSettings,
  SERVICE_NAMES,
  serviceSettings,
  settingsWarnings,
  settingWarning,
  type ServiceName,
  type ServiceSettings,
} from '@parley/config';
import { startEmbeddedDatabase } from '@parley/database';
import { configureLogging } from '@parley/observability';
import { createService, type RunningService } from '@parley/service';
import { localClient, shownKey } from '../client/local-client';
import { ownServiceKey } from './own-service-key';
import { PageProcess } from './page-process';
import { pageSettings } from './page.settings';
import { assertPortsFree, localUrls } from './ports';
import { everySetting } from './service-settings';
import { keptBlobsKey, keptSigningKey } from './signing-key';

export interface RunningSystem {
  client: ParleyClient;
  services: RunningService[];
  settings: ServiceSettings;
  /** What was used in place of a server that nobody named. */
  embedded: { database: boolean; bus: boolean };
  /** Stops everything, the embedded database last; may be called twice. */
  close(): Promise<void>;
}

const START_WAIT_SECONDS = '30';

export type ServiceModules = Record<ServiceName, Type>;

/**
 * Starts all six services in this process, on an embedded database and bus where no URL names one.
 * @throws StartError, SettingsError, or what a service refused with; nothing is left running then.
 */
export async function launchSystem(
  modules: ServiceModules,
  report: (line: string) => void,
): Promise<RunningSystem> {
  const stops: (() => Promise<void>)[] = [];
  const close = once(async () => {
    for (const stop of stops.reverse()) await stop();
  });
  try {
    // Settings that speak of the page are held against it, too.
    provideSettings({ PAGE_ORIGIN: PageProcess.origin(peekSetting(pageSettings, 'PAGE_PORT')) });
    const given = loadSettings(everySetting);
    configureLogging({ level: given.LOG_LEVEL, file: dataPath(given, 'logs', 'parley.jsonl') });
    await assertPortsFree(given);
    const urls = localUrls(given);
    provideSettings({
      ...ownServiceKey(),
      // Somebody sits in front of it: better an answer than silence.
      START_WAIT_SECONDS,
      // The page's microphone speaks to ingestion itself.
      CORS_ALLOW_ORIGINS: PageProcess.origins(loadSettings(pageSettings)).join(','),
      APPROVAL_SIGNING_KEY: keptSigningKey(dataPath(given, 'secrets', 'approval_signing_key')),
      ...(given.BLOBS_S3_BUCKET ? {} : { BLOBS_DIR: dataPath(given, 'blobs') }),
      BLOBS_KEY: keptBlobsKey(dataPath(given, 'secrets', 'blobs_key')),
      ...Object.fromEntries(SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, urls[name]])),
    });

    const embedded = { database: !given.DATABASE_URL, bus: !given.REDIS_URL };
    if (embedded.database) {
      report('Starting the embedded database …');
      const database = await startEmbeddedDatabase({ dataDir: dataPath(given, 'postgres') });
      stops.push(() => database.stop());
      provideSettings({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2' });
    }
    if (embedded.bus) {
      // What an earlier run left in an outbox waits until everybody who wants it is there.
      enableEmbeddedBus({ awaitGroups: SERVICE_NAMES });
      stops.push(disableEmbeddedBus);
    }

    for (const warning of settingsWarnings(everySetting)) report(settingWarning(warning));
    report('Starting the services …');
    const services: RunningService[] = [];
    stops.push(() => closeAll(services));
    for (const name of SERVICE_NAMES) services.push(await createService(modules[name], name));
    const client = localClient(urls, shownKey(given));
    await ensureConnection(client);
    return { client, services, settings: loadSettings(serviceSettings), embedded, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Ingestion first: what comes in ends before those who work on it do. Until then all serve one another. */
async function closeAll(services: RunningService[]): Promise<void> {
  for (const service of services) service.beginDraining();
  for (const service of services) await service.close();
}

/** So that an approval has somewhere to go on the first day: a file under DATA_DIR. */
async function ensureConnection(client: ParleyClient): Promise<void> {
  const { items } = await unwrap(client.integrations.GET('/v1/connections'));
  if (items.length > 0) return;
  const body = { provider: 'file', name: 'Local file', settings: {}, isDefault: true };
  await unwrap(client.integrations.POST('/v1/connections', { body }));
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
