import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where settings come from. */
export interface SettingsSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Folder of Docker secrets, one file per setting named in lower case. */
  secretsDir: string;
}

/** The environment of this process, and Docker's secrets. */
export const processSources: SettingsSources = { env: process.env, secretsDir: '/run/secrets' };

/** A value that was found, or why a source that should hold one cannot be read. */
export type FoundValue =
  | { source: string; value: string; problem?: undefined }
  | { source: string; value?: undefined; problem: string };

/** A setting is a line; what is longer was meant for something else. */
const MOST_BYTES = 65_536;

/**
 * What each source says of `name`. White space around a value, the newline at a file's end included, is no
 * part of it; empty counts as unset.
 */
export function valuesOf(name: string, sources: SettingsSources): FoundValue[] {
  const found: FoundValue[] = [];
  const add = (source: string, read: () => string): void => {
    try {
      const value = read().trim();
      if (value !== '') found.push({ source, value });
    } catch (error) {
      found.push({ source, problem: `${source} cannot be read: ${whyUnreadable(error)}` });
    }
  };
  const inline = sources.env[name] ?? '';
  add('environment', () => inline);
  const file = sources.env[`${name}_FILE`]?.trim() ?? '';
  if (file !== '') add(`${name}_FILE`, () => readSmallFile(file));
  const secret = join(sources.secretsDir, name.toLowerCase());
  if (existsSync(secret)) {
    add(`the secret ${name.toLowerCase()}`, () => readSmallFile(secret));
  }
  return found;
}

class TooLargeError extends Error {}

function readSmallFile(path: string): string {
  if (statSync(path).size > MOST_BYTES) throw new TooLargeError();
  return readFileSync(path, 'utf8');
}

/** Without the path: it may be part of the secret's story. */
function whyUnreadable(error: unknown): string {
  if (error instanceof TooLargeError) return `more than ${MOST_BYTES} bytes`;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a directory';
    case 'EACCES':
    case 'EPERM':
      return 'no permission';
    default:
      return 'it is no readable file';
  }
}
