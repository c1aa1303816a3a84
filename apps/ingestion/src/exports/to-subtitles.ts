import { toSrt, toVtt, type ChannelSpan, type Cue } from '@parley/contracts';
import { coverageSentence } from './coverage-sentence';
import type { MeetingExport } from './meeting-export';

/** Shorter holes would only flicker. */
const SHORTEST_GAP_MS = 500;

/** What a viewer is told where words are missing. */
const GAPS: Partial<Record<ChannelSpan['state'], string>> = {
  lost: '[audio lost]',
  shed: '[not transcribed: too much to do]',
  withheld: '[off the record]',
};

export function exportToSrt(record: MeetingExport): string {
  return toSrt(cuesOf(record));
}

export function exportToVtt(record: MeetingExport): string {
  return toVtt(cuesOf(record), [record.meeting.title, coverageSentence(record.coverage)]);
}

function cuesOf({ segments, coverage }: MeetingExport): Cue[] {
  const spoken = segments.map(({ startMs, endMs, text, speaker }): Cue => {
    return { startMs, endMs, text, ...(speaker ? { speaker: speaker.name } : {}) };
  });
  const missing = coverage.spans.flatMap(({ state, startMs, endMs }): Cue[] => {
    const text = GAPS[state];
    return text !== undefined && endMs - startMs >= SHORTEST_GAP_MS
      ? [{ startMs, endMs, text }]
      : [];
  });
  return [...spoken, ...missing].sort((one, other) => one.startMs - other.startMs);
}
