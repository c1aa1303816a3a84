import { ProblemError } from '@parley/contracts';
import type { CreateDocument } from './document.dto';
import type { Upload } from './documents.service';

/** What multer kept in memory of the field `file`. */
export interface UploadedBytes {
  buffer: Buffer;
  originalname: string;
}

/** @throws ProblemError `validation-failed` unless there is either a file or a text. */
export function toUpload(file: UploadedBytes | undefined, input: CreateDocument): Upload {
  const { title, text, mimeType, tags } = input;
  if (file && text !== undefined) {
    throw new ProblemError('validation-failed', 'Send either a file or a text, not both.');
  }
  if (file) return { bytes: file.buffer, fileName: file.originalname, title, mimeType, tags };
  if (text === undefined) {
    throw new ProblemError(
      'validation-failed',
      'Send a multipart field "file", or "text" as JSON.',
    );
  }
  if (title === undefined) {
    throw new ProblemError('validation-failed', 'A text needs a title.');
  }
  return { bytes: Buffer.from(text, 'utf8'), title, mimeType, tags };
}
