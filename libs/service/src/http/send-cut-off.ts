import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Response } from 'express';

/**
 * Content as an answer that is cut off, not ended, where it fails: nobody may take a part for the whole. Content whose
 * reader leaves is destroyed.
 */
export function sendCutOff(
  response: Response,
  content: Readable,
  options: { type?: string; length?: number } = {},
): StreamableFile {
  response.once('close', () => content.destroy());
  // At once, for it may fail before anybody reads it.
  content.once('error', () => response.destroy());
  return new StreamableFile(content, options).setErrorHandler(() => response.destroy());
}
