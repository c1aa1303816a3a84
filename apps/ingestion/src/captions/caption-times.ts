import { ProblemError } from '@parley/contracts';
import { LONGEST_MEETING_MS } from '../meetings/longest-meeting';
import type { MeetingEntity } from '../meetings/meeting.entity';
import type { Utterance } from './caption.dto';

/** 150 words a minute, an ordinary pace of English speech. */
const WORD_MS = 400;

/**
 * When it was said, milliseconds from the meeting's start: as the sender says, else as long as its words take, up to now.
 * @throws ProblemError `validation-failed` for an end before the start, and where now is no time of the meeting
 */
export function captionTimes(
  { startMs, endMs, text }: Utterance,
  { startedAt }: Pick<MeetingEntity, 'startedAt'>,
  now: Date,
): { startMs: number; endMs: number } {
  const lengthMs = text.split(/\s+/).filter(Boolean).length * WORD_MS;
  const end = endMs ?? (startMs === undefined ? sinceStart(startedAt, now) : startMs + lengthMs);
  const start = startMs ?? Math.max(0, end - lengthMs);
  if (start > end) {
    throw new ProblemError('validation-failed', 'An utterance cannot end before it starts.');
  }
  return { startMs: start, endMs: end };
}

function sinceStart(startedAt: Date, now: Date): number {
  const ms = Math.max(0, now.getTime() - startedAt.getTime());
  if (ms <= LONGEST_MEETING_MS) return ms;
  throw new ProblemError(
    'validation-failed',
    'This meeting began more than a day ago: say startMs or endMs of each utterance.',
  );
}
