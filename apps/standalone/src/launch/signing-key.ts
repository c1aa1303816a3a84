import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The key that agent signs approvals with and integrations checks: made once, readable by its owner only. */
export function keptSigningKey(path: string): string {
  return keptKey(path, 'hex');
}

/** The key that recordings and original documents are sealed with, kept in the same way. */
export function keptBlobsKey(path: string): string {
  return keptKey(path, 'base64');
}

function keptKey(path: string, encoding: 'hex' | 'base64'): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(32).toString(encoding);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
  return key;
}
