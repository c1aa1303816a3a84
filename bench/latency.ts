import type { Segment, Suggestion } from '@parley/contracts';

/** A line, provisional or final, by its place. */
export type Line = Pick<Segment, 'channel' | 'startMs' | 'endMs'>;

export interface Turn {
  channel: string;
  startMs: number;
  endMs: number;
  text: string;
}

/** A line begins with what stood before its first word, and no earlier than this. */
const MOST_BEFORE_MS = 600;

/** Something that came over the timeline, in milliseconds since the audio's first sample was spoken. */
export interface Arrival<T> {
  atMs: number;
  value: T;
}

/**
 * How long after the end of each turn its last final line arrived. The end of speech is the script's, not
 * the recogniser's own idea of it.
 */
export function finalLatencies(turns: Turn[], finals: Arrival<Line>[]): number[] {
  return turns.flatMap((turn) => {
    const own = finals.filter(
      ({ value }) => value.channel === turn.channel && overlaps(value, turn),
    );
    const last = own.sort((a, b) => a.value.startMs - b.value.startMs).at(-1);
    return last ? [last.atMs - turn.endMs] : [];
  });
}

/** How long after a turn began something of it could be read. */
export function firstWordLatencies(turns: Turn[], lines: Arrival<Line>[]): number[] {
  return turns.flatMap((turn) => {
    const own = lines.filter(
      ({ value }) => value.channel === turn.channel && beginsWith(value, turn),
    );
    return own.length > 0 ? [Math.min(...own.map(({ atMs }) => atMs)) - turn.startMs] : [];
  });
}

/** How long after the last line that it cites a suggestion arrived. */
export function suggestionLatencies(
  suggestions: Arrival<Suggestion>[],
  finals: Arrival<Segment>[],
): number[] {
  const arrivals = new Map(finals.map(({ atMs, value }) => [value.id, atMs]));
  return suggestions.flatMap(({ atMs, value }) => {
    const cited = value.citations
      .filter(({ type }) => type === 'segment')
      .flatMap(({ id }) => arrivals.get(id) ?? []);
    return cited.length > 0 ? [atMs - Math.max(...cited)] : [];
  });
}

/** A provisional line of the first word is mostly what stood before it, so its middle may be before the turn. */
function beginsWith({ startMs, endMs }: Line, turn: Turn): boolean {
  return startMs > turn.startMs - MOST_BEFORE_MS && startMs < turn.endMs && endMs > turn.startMs;
}

function overlaps(segment: Line, turn: Turn): boolean {
  const middle = (segment.startMs + segment.endMs) / 2;
  return middle >= turn.startMs && middle <= turn.endMs;
}
