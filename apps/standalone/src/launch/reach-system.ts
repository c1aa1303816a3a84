import { unwrap, type ParleyClient } from '@parley/client';
import { loadSettings, serviceSettings } from '@parley/config';
import { localClient, shownKey } from '../client/local-client';
import { localUrls } from './ports';

/** A client of the system that runs on this machine already, or null. */
export async function reachSystem(): Promise<ParleyClient | null> {
  const settings = loadSettings(serviceSettings);
  const client = localClient(localUrls(settings), shownKey(settings));
  try {
    await unwrap(client.ingestion.GET('/livez'));
    return client;
  } catch {
    return null;
  }
}
