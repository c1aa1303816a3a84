import { readFileSync } from 'node:fs';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

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

/**
 * Encrypts what a cookie carries that nobody may read or make up, and the time until which it counts.
 * @param purpose what it is for: sealed for one it opens for no other.
 */
export function seal(content: object, purpose: string, untilMs: number): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(purpose));
  const text = JSON.stringify({ ...content, untilMs });
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @returns what was sealed for this purpose; null when it is none of ours, or over. */
export function unseal<Content extends object>(
  cookie: string | undefined,
  purpose: string,
  nowMs: number,
): Content | null {
  if (!cookie) return null;
  try {
    const bytes = Buffer.from(cookie, 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
    const content = JSON.parse(text.toString('utf8')) as Content & { untilMs: number };
    return content.untilMs > nowMs ? content : null;
  } catch {
    // Forged, cut short, or of another key: as good as none.
    return null;
  }
}
