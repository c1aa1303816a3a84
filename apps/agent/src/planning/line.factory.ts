import type { Entity, Intent, Participant } from '@parley/contracts';
import type { PlanningContext, SpokenLine } from './draft';

/** Lines for tests: what was said, by whom, and what nlu found in it. */
export function line(
  text: string,
  over: { intent?: Intent; speaker?: string | null; entities?: Entity[]; startMs?: number } = {},
): SpokenLine {
  const { intent = 'statement', speaker = 'Laura', entities = [], startMs = 1_000 } = over;
  const id = `m:main:${startMs}`;
  return {
    segment: {
      id,
      meetingId: 'm',
      channel: 'main',
      speaker: speaker === null ? null : { id: speaker, name: speaker },
      startMs,
      endMs: startMs + 2_000,
      text,
      final: true,
      revision: 0,
      engine: 'test',
      degraded: false,
    },
    insight: {
      id: `i-${startMs}`,
      meetingId: 'm',
      segmentId: id,
      intent,
      confidence: 0.8,
      entities,
      sentiment: { label: 'neutral', score: 0 },
      topics: [],
      engine: 'test',
      degraded: false,
    },
  };
}

/** A date entity at the place where `text` stands in `inside`. */
export function date(inside: string, text: string, value: string): Entity {
  const start = inside.indexOf(text);
  return { type: 'date', text, start, end: start + text.length, value };
}

export const participants: Participant[] = [
  { id: 'p1', name: 'Emma', email: 'emma@northwind.example' },
  { id: 'p2', name: 'Daniel' },
];

export function context(spoken: SpokenLine, over: Partial<PlanningContext> = {}): PlanningContext {
  return {
    line: spoken,
    recent: [],
    participants,
    hits: null,
    factMinScore: 0.4,
    topicMinScore: 0.7,
    ...over,
  };
}
