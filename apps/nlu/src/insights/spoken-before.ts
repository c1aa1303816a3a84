import type { Intent, Segment } from '@parley/contracts';
import { readCarried, type Carried } from '../analysis/intent/context/carried';
import type { SpokenBefore } from '../analysis/intent/context/context-signs';

/** How many utterances are looked back through: who listens says "mm-hmm" in between. */
export const LOOK_BACK = 3;
/** Nobody answers later than this, in milliseconds from the end of what was asked. */
const ANSWERED_WITHIN = 20_000;
/** A pause longer than this ends what was said, whatever its last word is. */
const CONTINUED_WITHIN = 6_000;

/** What an utterance leaves to those after it. */
export interface CarriedOn extends Carried {
  channel: string;
  /** The speaker's id; null when nobody can say. */
  speaker: string | null;
  endMs: number;
}

export function carriedOn(carried: Carried, { channel, speaker, endMs }: Segment): CarriedOn {
  return { ...carried, channel, speaker: speaker?.id ?? null, endMs };
}

/** What a row holds, or null where it holds something else, as {@link readCarried}. */
export function readCarriedOn(value: unknown): CarriedOn | null {
  const carried = readCarried(value);
  if (!carried) return null;
  const { channel, speaker, endMs } = value as Partial<Record<keyof CarriedOn, unknown>>;
  if (typeof channel !== 'string' || !Number.isFinite(endMs)) return null;
  if (speaker !== null && typeof speaker !== 'string') return null;
  return { ...carried, channel, speaker, endMs: endMs as number };
}

/**
 * The utterance that a segment may hang on: the nearest one that is no mere sign of listening.
 * @param rows what the utterances before it left, the latest first.
 */
export function spokenBefore(rows: readonly unknown[], segment: Segment): SpokenBefore | null {
  for (const value of rows) {
    const kept = readCarriedOn(value);
    if (!kept) return null;
    const { intent, asks, open } = kept;
    if (intent === 'social' && asks === 'none' && !open) continue;
    const pauseMs = segment.startMs - kept.endMs;
    if (pauseMs > ANSWERED_WITHIN) return null;
    const sameSpeaker = sameVoice(kept, segment);
    return { intent, asks, open: open && pauseMs <= CONTINUED_WITHIN, sameSpeaker };
  }
  return null;
}

/** What those before wanted, oldest first. @param rows as of {@link spokenBefore}. */
export function intentsOf(rows: readonly unknown[]): Intent[] {
  return rows.flatMap((value) => readCarriedOn(value)?.intent ?? []).reverse();
}

function sameVoice(
  one: Pick<CarriedOn, 'channel' | 'speaker'>,
  { channel, speaker }: Segment,
): boolean | null {
  if (one.speaker !== null && speaker) return one.speaker === speaker.id;
  return one.channel === channel ? null : false;
}
