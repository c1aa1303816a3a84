import type { Delivery, Suggestion } from '@parley/contracts';
import type {
  SegmentTrace,
  TracedSuggestion,
  TraceStep,
  TraceStepName,
} from './segment-trace.view';
import type { TracedEntry } from './traces.repository';

type Spoken = Extract<TracedEntry, { type: 'segment.final' | 'segment.revised' }>;
type About = Partial<Omit<TraceStep, 'step' | 'service' | 'state' | 'at'>>;

/**
 * What is known of how a line came about, from the entries that have to do with it, oldest first. A time that nobody
 * kept stays unknown: none is worked out from others.
 * @returns null when the line itself is not among them
 */
export function assembleTrace(entries: readonly TracedEntry[]): SegmentTrace | null {
  const spoken = entries.filter((entry): entry is Spoken => entry.type.startsWith('segment.'));
  const [first] = spoken;
  const newest = spoken.reduce<Spoken | undefined>(
    (best, entry) => (best && best.data.revision > entry.data.revision ? best : entry),
    undefined,
  );
  if (!first || !newest) return null;
  const suggestions = new Map<string, Suggestion>();
  for (const entry of entries) {
    if (isAboutSuggestion(entry)) suggestions.set(entry.data.id, entry.data);
  }
  return {
    segment: newest.data,
    traceId: first.traceId,
    steps: [...heardSteps(first), ...laterSteps(entries, first)],
    suggestions: [...suggestions.values()].map((suggestion) =>
      tracedSuggestion(suggestion, entries),
    ),
  };
}

/** Where asr noted no time the step is there without one. */
function heardSteps({ at, addedAt, times }: Spoken): TraceStep[] {
  const noPartial = times?.firstPartialAt === null;
  return [
    step('first-word', 'asr', times?.firstWordAt),
    noPartial
      ? { step: 'first-partial', service: 'asr', state: 'none', at: null }
      : step('first-partial', 'asr', times?.firstPartialAt),
    step('last-word', 'asr', times?.lastWordAt),
    step('decoded', 'asr', times?.decodedAt),
    step('written', 'asr', at),
    step('shown', 'ingestion', addedAt),
  ];
}

function laterSteps(entries: readonly TracedEntry[], first: Spoken): TraceStep[] {
  return entries.flatMap((entry) => {
    if (entry === first) return [];
    if (entry.type === 'segment.final' || entry.type === 'segment.revised') {
      return [step('corrected', 'asr', entry.at)];
    }
    if (entry.type !== 'insight') return [];
    return [step('understood', 'nlu', entry.at, { outcome: entry.data.intent })];
  });
}

function tracedSuggestion(
  { id, kind, text, status }: Suggestion,
  entries: readonly TracedEntry[],
): TracedSuggestion {
  const deliveries = new Map<string, { delivery: Delivery; at: Date }>();
  const steps: TraceStep[] = [];
  for (const entry of entries) {
    if (isAboutSuggestion(entry) && entry.data.id === id) steps.push(ofSuggestion(entry));
    // Each later entry of a delivery holds the attempts of the earlier ones.
    if (entry.type === 'delivery' && entry.data.suggestionId === id) {
      deliveries.set(entry.data.id, { delivery: entry.data, at: entry.at });
    }
  }
  for (const { delivery, at } of deliveries.values()) steps.push(...ofDelivery(delivery, at));
  return { id, kind, text, status, steps };
}

function ofSuggestion({ type, at, data }: { type: string; at: Date; data: Suggestion }): TraceStep {
  if (type === 'suggestion') return step('proposed', 'agent', at);
  return step('decided', 'agent', at, {
    outcome: data.status,
    ...(data.decidedBy ? { by: data.decidedBy } : {}),
    ...(data.expiredBecause ? { reason: data.expiredBecause } : {}),
  });
}

function ofDelivery({ attempts, provider, status, reason }: Delivery, at: Date): TraceStep[] {
  const tried = attempts.map(({ at, outcome, ms, status, reason }) =>
    step('attempted', 'integrations', at, {
      provider,
      outcome,
      ms,
      ...(status === undefined ? {} : { status }),
      ...(reason === undefined ? {} : { reason }),
    }),
  );
  const settled = { provider, outcome: status, ...(reason === undefined ? {} : { reason }) };
  return [...tried, step('settled', 'integrations', at, settled)];
}

function isAboutSuggestion(
  entry: TracedEntry,
): entry is Extract<TracedEntry, { type: 'suggestion' | 'suggestion.decided' }> {
  return entry.type === 'suggestion' || entry.type === 'suggestion.decided';
}

function step(
  name: TraceStepName,
  service: string,
  at: Date | string | null | undefined,
  about: About = {},
): TraceStep {
  if (!at) return { step: name, service, state: 'not-recorded', at: null, ...about };
  return { step: name, service, state: 'done', at: new Date(at).toISOString(), ...about };
}
