import { createHmac } from 'node:crypto';

/**
 * The same for the same words in one meeting, on every replica and after every restart. Without the meeting's secret nobody
 * can try a list of names or sentences on it: names may have been taken out of what it stands beside.
 */
export function captionDigest(secret: string, words: string): string {
  return createHmac('sha256', secret).update(words).digest('hex').slice(0, 24);
}
