import { ProblemError } from '@parley/contracts';
import type { Place } from './transcript.repository';

/** The place as clients carry it: opaque. */
export function toCursor({ startMs, id }: Place): string {
  return Buffer.from(`${startMs} ${id}`).toString('base64url');
}

/** @throws ProblemError when it is none that {@link toCursor} made. */
export function fromCursor(cursor: string): Place {
  const [, startMs, id] = /^(\d{1,9}) (.{1,200})$/.exec(fromBase64(cursor)) ?? [];
  if (!startMs || !id) throw new ProblemError('validation-failed', 'This cursor is not known.');
  return { startMs: Number(startMs), id };
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8');
}
