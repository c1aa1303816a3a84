import type { Coverage, Segment } from '@parley/contracts';
import { wordErrors } from '@parley/testing';
import type { Turn } from './latency';

export interface TranscriptScore {
  speaker: string;
  words: number;
  errors: number;
}

/** Word errors by channel: all that was said there against all that was written, in order. */
export function scoreTranscript(turns: Turn[], finals: Segment[]): TranscriptScore[] {
  const channels = [...new Set(turns.map(({ channel }) => channel))];
  return channels.map((channel) => {
    const { words, substitutions, deletions, insertions } = wordErrors(
      textOf(turns, channel),
      textOf(finals, channel),
    );
    return { speaker: channel, words, errors: substitutions + deletions + insertions };
  });
}

/** Of the time in which the script has somebody speak, the share that the ledger calls transcribed. */
export function transcribedShare(turns: Turn[], coverage: Coverage): number {
  let spokenMs = 0;
  let transcribedMs = 0;
  for (const turn of turns) {
    spokenMs += turn.endMs - turn.startMs;
    for (const span of coverage.spans) {
      if (span.channel !== turn.channel || span.state !== 'transcribed') continue;
      const overlapMs = Math.min(span.endMs, turn.endMs) - Math.max(span.startMs, turn.startMs);
      transcribedMs += Math.max(0, overlapMs);
    }
  }
  return spokenMs === 0 ? 0 : transcribedMs / spokenMs;
}

function textOf(
  lines: { channel: string; startMs: number; text: string }[],
  channel: string,
): string {
  return lines
    .filter((line) => line.channel === channel)
    .sort((a, b) => a.startMs - b.startMs)
    .map(({ text }) => text)
    .join(' ');
}
