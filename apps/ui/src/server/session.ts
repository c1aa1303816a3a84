import { readFileSync } from 'node:fs';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export const SESSION_COOKIE = 'parley_session';
/** Twelve hours: a working day. */
export const SESSION_SECONDS = 12 * 60 * 60;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A kept key keeps sessions over restarts and replicas; without one they end with the process. */
const key = createHash('sha256')
  .update(keptKey() || randomBytes(32))
  .digest();

/** `PAGE_SESSION_KEY`, the file that `PAGE_SESSION_KEY_FILE` names, or the Docker secret. */
function keptKey(): string {
  // Read when asked: Next would put what it finds at build time in its place.
  const { env } = process;
  if (env['PAGE_SESSION_KEY']) return env['PAGE_SESSION_KEY'];
  try {
    return readFileSync(
      env['PAGE_SESSION_KEY_FILE'] || '/run/secrets/page_session_key',
      'utf8',
    ).trim();
  } catch (error) {
    if (env['PAGE_SESSION_KEY_FILE']) throw error;
    return '';
  }
}

/** Encrypts an API key and the time it may be used until, for a cookie that no script can read. */
export function sealSession(apiKey: string, nowMs: number): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const content = JSON.stringify({ apiKey, untilMs: nowMs + SESSION_SECONDS * 1_000 });
  const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @returns the API key of a session; null when it is none of ours, or over. */
export function openSession(cookie: string | undefined, nowMs: number): string | null {
  if (!cookie) return null;
  try {
    const bytes = Buffer.from(cookie, 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const content = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
    const { apiKey, untilMs } = JSON.parse(content.toString('utf8')) as {
      apiKey: string;
      untilMs: number;
    };
    return untilMs > nowMs ? apiKey : null;
  } catch {
    // Forged, cut short, or of another key: as good as none.
    return null;
  }
}
