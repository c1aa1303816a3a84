import type { IncomingMessage } from 'node:http';
import { ProblemError } from '@parley/contracts';
import { statedBytes, tooLarge } from './read-body';

/**
 * Watches a body that the route's own reader takes in (multer), and refuses it once it grows too large.
 * @throws ProblemError `unsupported-media-type` for a packed one.
 */
export function guardUpload(
  request: IncomingMessage,
  maxBytes: number,
  refuse: (error: unknown) => void,
): void {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new ProblemError('unsupported-media-type', 'Send an upload as it is, not compressed.');
  }
  if (statedBytes(request) !== null) return;
  let bytes = 0;
  // Paused first: a listener would set the stream going before its reader is there.
  request.pause();
  request.on('data', function count(chunk: Buffer) {
    bytes += chunk.length;
    if (bytes <= maxBytes) return;
    request.off('data', count);
    request.unpipe();
    refuse(tooLarge(maxBytes));
  });
}
