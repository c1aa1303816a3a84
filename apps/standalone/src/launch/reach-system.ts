import { unwrap, type ParleyClient } from '@parley/client';
import { loadSettings, serviceSettings } from '@parley/config';
import { localClient, shownKey } from '../client/local-client';
import { localUrls } from './ports';
import { StartError } from './start-error';

/** A client of the system that runs on this machine already, or null. */
export async function reachSystem(
  headers: Record<string, string> = {},
): Promise<ParleyClient | null> {
  const settings = loadSettings(serviceSettings);
  const client = localClient(localUrls(settings), { ...shownKey(settings), headers });
  try {
    await unwrap(client.ingestion.GET('/livez'));
    return client;
  } catch {
    return null;
  }
}

/**
 * A client that works in this workspace. Default: the caller's own.
 * @throws StartError when Parley does not run here, or the key in the environment is not the operator's.
 */
export async function reachWorkspace(workspaceId: string | undefined): Promise<ParleyClient> {
  const client = await reachSystem(
    workspaceId === undefined ? {} : { 'x-workspace-id': workspaceId },
  );
  if (!client) throw new StartError('Parley is not running here. Start it with npm start.');
  if (workspaceId !== undefined) {
    const me = await unwrap(client.ingestion.GET('/v1/whoami'));
    if (me.workspaceId !== workspaceId) {
      throw new StartError(
        `This looks into ${me.workspaceId}: another workspace is open only to the operator, where auth is on.`,
      );
    }
  }
  return client;
}
