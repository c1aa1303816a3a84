import { loadSettings, serviceSettings } from '@parley/config';
import { ParleyClient } from '../client/parley-client';
import { localUrls } from './ports';

/** A client of the system that runs on this machine already, or null. */
export async function reachSystem(): Promise<ParleyClient | null> {
  const client = new ParleyClient(localUrls(loadSettings(serviceSettings)));
  try {
    await client.request('ingestion', 'GET', '/livez');
    return client;
  } catch {
    return null;
  }
}
