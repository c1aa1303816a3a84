import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { dataPath, SettingsError } from '@parley/config';
import { logEvent } from '@parley/observability';
import { errorCode } from '../error-code';
import type { IntegrationsSettings } from '../integrations.settings';

const KEY_BYTES = 32;

/**
 * The keys of CONNECTIONS_KEY, or the one that this machine made for itself and keeps.
 * @throws SettingsError when the kept one is damaged: making another would lose every connection.
 */
export function connectionsKeys(
  settings: Pick<IntegrationsSettings, 'CONNECTIONS_KEY' | 'DATA_DIR'>,
): Buffer[] {
  const text =
    settings.CONNECTIONS_KEY ?? keptKey(dataPath(settings, 'secrets', 'connections_key'));
  const keys = text.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
  if (keys.some((key) => key.length !== KEY_BYTES)) {
    throw new SettingsError(['DATA_DIR/secrets/connections_key is not the base64 of 32 bytes']);
  }
  return keys;
}

function keptKey(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two services that start together, one makes the key and the other reads it.
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { flag: 'wx', mode: 0o600 });
    chmodSync(path, 0o600);
    logEvent('connections.key-made');
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
