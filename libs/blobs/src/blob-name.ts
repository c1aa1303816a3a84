const PART = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * The name of a blob, or of the folder that holds several: words and ids of our own making. Nothing that a user wrote
 * belongs in it, and nothing that leads out of a folder fits.
 * @throws RangeError for a part that is neither
 */
export function blobName(...parts: string[]): string {
  if (parts.length < 2 || !parts.every((part) => PART.test(part))) {
    throw new RangeError('not the name of a blob');
  }
  return parts.join('/');
}
