import type { Intent, Segment } from '@parley/contracts';
import { readCarried, type Carried } from '../analysis/intent/context/carried';
import type { SpokenBefore } from '../analysis/intent/context/context-signs';

/** How many insights are looked back through: who listens says "mm-hmm" in between. */
export const LOOK_BACK = 3;
/** Nobody answers later than this, in milliseconds from the end of what was asked. */
const ANSWERED_WITHIN = 20_000;
/** A pause longer than this ends what was said, whatever its last word is. */
const CONTINUED_WITHIN = 6_000;

/** What an insight keeps for those after it. */
export interface CarriedOn extends Carried {
  channel: string;
  /** The speaker's id; null when nobody can say. */
  speaker: string | null;
  endMs: number;
}

export function carriedOn(carried: Carried, { channel, speaker, endMs }: Segment): CarriedOn {
  return { ...carried, channel, speaker: speaker?.id ?? null, endMs };
}

/**
 * The utterance that a segment may hang on: the nearest one that is no mere sign of listening.
 * @param kept what the insights before it carry, the latest first.
 */
export function spokenBefore(kept: readonly unknown[], segment: Segment): SpokenBefore | null {
  for (const value of kept) {
    const carried = readCarried(value);
    if (!carried) return null;
    if (carried.intent === 'social' && carried.asks === 'none' && !carried.open) continue;
    const { channel, speaker, endMs } = value as CarriedOn;
    const pauseMs = segment.startMs - endMs;
    if (pauseMs > ANSWERED_WITHIN) return null;
    const sameSpeaker = sameVoice({ channel, speaker }, segment);
    return { ...carried, open: carried.open && pauseMs <= CONTINUED_WITHIN, sameSpeaker };
  }
  return null;
}

/** What those before wanted, oldest first. @param kept as of {@link spokenBefore}. */
export function intentsOf(kept: readonly unknown[]): Intent[] {
  return kept.flatMap((value) => readCarried(value)?.intent ?? []).reverse();
}

function sameVoice(
  one: Pick<CarriedOn, 'channel' | 'speaker'>,
  { channel, speaker }: Segment,
): boolean | null {
  if (one.speaker !== null && speaker) return one.speaker === speaker.id;
  return one.channel === channel ? null : false;
}
