import { ProblemError } from '@parley/contracts';

/** What an upload holds: a multipart `file`, or its text as JSON. */
export interface FileOrText {
  file: Buffer | undefined;
  text: string | undefined;
}

/** @throws ProblemError `validation-failed` unless there is one of both */
export function fileOrText({ file, text }: FileOrText): Buffer | string {
  if (file && text !== undefined) {
    throw new ProblemError('validation-failed', 'Send either a file or a text, not both.');
  }
  const sent = file ?? text;
  if (sent !== undefined) return sent;
  throw new ProblemError('validation-failed', 'Send a multipart field "file", or "text" as JSON.');
}
