import { ProblemError } from '@parley/contracts';
import { fileOrText } from '@parley/service';
import type { CreateDocument } from './document.dto';
import type { Upload } from './documents.service';

/** What multer kept in memory of the field `file`. */
export interface UploadedBytes {
  buffer: Buffer;
  originalname: string;
}

/** @throws ProblemError `validation-failed` unless there is either a file or a text. */
export function toUpload(file: UploadedBytes | undefined, input: CreateDocument): Upload {
  const { title, mimeType, tags } = input;
  const sent = fileOrText({ file: file?.buffer, text: input.text });
  const about = { title, mimeType, tags };
  if (file) return { bytes: file.buffer, fileName: file.originalname, ...about };
  if (title === undefined) {
    throw new ProblemError('validation-failed', 'A text needs a title.');
  }
  return { bytes: Buffer.from(sent), ...about };
}
