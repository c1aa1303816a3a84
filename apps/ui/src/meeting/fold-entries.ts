import type {
  CoverageSummary,
  Delivery,
  Segment,
  Suggestion,
  Summary,
  TimelineEntry,
} from '@parley/client';

type Listening = Extract<TimelineEntry, { type: 'listening' }>['data'];
type PrivacyMode = Extract<TimelineEntry, { type: 'privacy' }>['data']['privacyMode'];

/** What a viewer sees of a meeting, folded from its timeline. */
export interface MeetingState {
  /** Final text, by when it was said. */
  lines: Segment[];
  /** What is being said, by channel; it may still change. */
  partials: ReadonlyMap<string, Segment>;
  suggestions: ReadonlyMap<string, Suggestion>;
  deliveries: ReadonlyMap<string, Delivery>;
  summary: Summary | null;
  coverage: CoverageSummary | null;
  listening: Listening | null;
  privacyMode: PrivacyMode | null;
  ended: boolean;
}

export const EMPTY_MEETING: MeetingState = {
  lines: [],
  partials: new Map(),
  suggestions: new Map(),
  deliveries: new Map(),
  summary: null,
  coverage: null,
  listening: null,
  privacyMode: null,
  ended: false,
};

/** The state after some more entries. Entries may come twice; what is older than what is there changes nothing. */
export function foldEntries(state: MeetingState, entries: TimelineEntry[]): MeetingState {
  return entries.reduce(foldEntry, state);
}

function foldEntry(state: MeetingState, entry: TimelineEntry): MeetingState {
  switch (entry.type) {
    case 'segment.partial':
      return foldPartial(state, entry.data);
    case 'segment.final':
    case 'segment.revised':
      return foldFinal(state, entry.data);
    case 'suggestion':
    case 'suggestion.decided':
      return { ...state, suggestions: withOne(state.suggestions, entry.data) };
    case 'delivery':
      return { ...state, deliveries: withOne(state.deliveries, entry.data) };
    case 'summary':
      return (state.summary?.version ?? 0) > entry.data.version
        ? state
        : { ...state, summary: entry.data };
    case 'coverage':
      return { ...state, coverage: entry.data };
    case 'listening':
      return { ...state, listening: entry.data };
    case 'privacy':
      return { ...state, privacyMode: entry.data.privacyMode };
    case 'meeting.ended':
      return { ...state, ended: true, partials: new Map() };
    case 'insight':
      return state;
  }
}

/** A final beats a partial, however late the partial comes. */
function foldPartial(state: MeetingState, partial: Segment): MeetingState {
  if (state.lines.some(({ id }) => id === partial.id)) return state;
  return { ...state, partials: new Map(state.partials).set(partial.channel, partial) };
}

function foldFinal(state: MeetingState, line: Segment): MeetingState {
  const known = state.lines.find(({ id }) => id === line.id);
  if (known && known.revision > line.revision) return state;
  const others = known ? state.lines.filter((one) => one !== known) : state.lines;
  let at = others.length;
  while (at > 0 && (others[at - 1] as Segment).startMs > line.startMs) at -= 1;
  const partials = new Map(state.partials);
  const said = partials.get(line.channel);
  if (said && (said.id === line.id || said.startMs <= line.startMs)) partials.delete(line.channel);
  return { ...state, lines: others.toSpliced(at, 0, line), partials };
}

function withOne<T extends { id: string }>(all: ReadonlyMap<string, T>, one: T): Map<string, T> {
  return new Map(all).set(one.id, one);
}
