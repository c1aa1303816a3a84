import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { processSources, type SettingsSources } from './value-sources';

/** The file that a setting came from (`<NAME>_FILE`, else the Docker secret), or undefined. */
export function settingFile(
  name: string,
  sources: SettingsSources = processSources,
): string | undefined {
  const named = sources.env[`${name}_FILE`];
  if (named) return named;
  const secret = join(sources.secretsDir, name.toLowerCase());
  return existsSync(secret) ? secret : undefined;
}
