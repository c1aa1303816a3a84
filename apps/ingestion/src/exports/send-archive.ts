import type { PassThrough } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Response } from 'express';

/** An archive as an answer: cut off, not ended, when it cannot be made to its end. */
export function sendArchive(response: Response, archive: PassThrough): StreamableFile {
  // A client that went away must not hold its place.
  response.once('close', () => archive.destroy());
  // Cut off: an end would be taken for the archive's. At once, for it may fail before anybody reads it.
  archive.once('error', () => response.destroy());
  return new StreamableFile(archive).setErrorHandler(() => response.destroy());
}
