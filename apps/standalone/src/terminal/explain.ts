import { ParleyProblem } from '@parley/client';
import { SettingsError } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { StartError } from '../launch/start-error';

const BY_CODE: Record<string, string> = {
  ENOSPC: 'The disk is full. Free some space and run the command again.',
  EACCES: 'A file below DATA_DIR cannot be written: make the folder yours, or set DATA_DIR.',
  ECONNREFUSED: 'Nothing answers there: is Parley running? Start it with npm start.',
  ENOENT: 'There is no such file.',
};

/** Errors that explain themselves; their libraries are not imported for that. */
const EXPLAINED = new Set([
  'ModelFilesError',
  'ModelFolderError',
  'EmbeddedDatabaseError',
  'StartWaitError',
]);

/** One sentence and a way out, for errors that a person can mend; null for bugs. */
export function explain(error: unknown): string | null {
  if (error instanceof StartError || error instanceof SettingsError) return error.message;
  if (error instanceof ParleyProblem) return error.message;
  if (error instanceof ProblemError) return error.detail;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== undefined && BY_CODE[code]) return BY_CODE[code];
    // An option that there is not: what the parser says of it is for people.
    if (code?.startsWith('ERR_PARSE_ARGS')) return cause.message;
    if (EXPLAINED.has(cause.name)) return cause.message;
  }
  return null;
}

/** Ends the process: quietly explained where that is possible, with the stack where it is a bug. */
export function exitWith(error: unknown, code = 1): never {
  const message = explain(error);
  process.stderr.write(
    message === null
      ? `\nThis is a bug in Parley:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
      : `\n${message}\n`,
  );
  process.exit(code);
}
