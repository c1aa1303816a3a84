import { createServer } from 'node:net';
import type { ServiceUrls } from '@parley/client';
import { SERVICE_NAMES, type ServiceName, type ServiceSettings } from '@parley/config';
import { StartError } from './start-error';

type PortSetting = `${Uppercase<ServiceName>}_PORT`;

export function portSetting(name: ServiceName): PortSetting {
  return `${name.toUpperCase() as Uppercase<ServiceName>}_PORT`;
}

/** Where each service will be, seen from this machine. */
export function localUrls(settings: ServiceSettings): ServiceUrls {
  const entries = SERVICE_NAMES.map((name) => [
    name,
    `http://127.0.0.1:${settings[portSetting(name)]}`,
  ]);
  return Object.fromEntries(entries) as ServiceUrls;
}

/** @throws StartError naming every port that is taken, and the setting that moves it. */
export async function assertPortsFree(settings: ServiceSettings): Promise<void> {
  const taken: string[] = [];
  for (const name of SERVICE_NAMES) {
    const port = settings[portSetting(name)];
    if (!(await isFree(port, settings.HOST))) taken.push(`${port} (${portSetting(name)})`);
  }
  if (taken.length === 0) return;
  throw new StartError(
    `Taken by another program: port ${taken.join(', ')}. ` +
      'Stop it (is Parley running already?), or choose others, e.g. ' +
      `${taken[0]?.match(/\w+_PORT/)?.[0] ?? 'INGESTION_PORT'}=9001 npm start.`,
  );
}

/** Whether a program may listen there. */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, host, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
