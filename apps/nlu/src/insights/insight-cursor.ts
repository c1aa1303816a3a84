import { ProblemError } from '@parley/contracts';

/** The last insight of a page. */
export interface InsightCursor {
  startMs: number;
  segmentId: string;
}

export function writeCursor({ startMs, segmentId }: InsightCursor): string {
  return Buffer.from(`${startMs} ${segmentId}`).toString('base64url');
}

/** @throws ProblemError when it is not a cursor that {@link writeCursor} made. */
export function readCursor(cursor: string): InsightCursor {
  const [, startMs, segmentId] =
    /^(\d{1,9}) ([\w:.-]+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (startMs === undefined || segmentId === undefined) {
    throw new ProblemError('validation-failed', 'This cursor was not given by us.');
  }
  return { startMs: Number(startMs), segmentId };
}
