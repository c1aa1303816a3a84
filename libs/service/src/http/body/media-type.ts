import type { IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '@parley/contracts';

const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)"?/i;

/**
 * The media type of a body, in lower case and without parameters.
 * @throws ProblemError `unsupported-media-type` when it is missing, not on the list, or JSON that is not UTF-8.
 */
export function mediaTypeOf(headers: IncomingHttpHeaders, taken: readonly string[]): string {
  const header = headers['content-type'];
  // What nearly every request says.
  if (header === 'application/json' && taken.includes(header)) return header;
  const mediaType = (header?.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (!taken.includes(mediaType)) {
    throw new ProblemError('unsupported-media-type', `Send ${taken.join(' or ')}.`);
  }
  const charset = CHARSET.exec(header ?? '')?.[1] ?? 'utf-8';
  if (mediaType === 'application/json' && charset.toLowerCase() !== 'utf-8') {
    throw new ProblemError('unsupported-media-type', 'Send JSON as UTF-8.');
  }
  return mediaType;
}
