'use client';

import type { Delivery, ParleyClient, Suggestion, TimelineEntry } from '@parley/client';
import { strings } from '@/strings';
import { SuggestionCard } from './suggestion-card';
import { useMovingOn } from './use-moving-on';

interface TrayProps {
  suggestions: Suggestion[];
  deliveries: ReadonlyMap<string, Delivery>;
  client: ParleyClient | null;
  apply: (entries: TimelineEntry[]) => void;
  onShowLine: (segmentId: string) => void;
}

/** What waits for a person, newest first; below it what they decided. */
export function SuggestionTray({ suggestions, deliveries, client, apply, onShowLine }: TrayProps) {
  const newestFirst = suggestions.toReversed();
  const pending = newestFirst.filter(({ status }) => status === 'pending');
  const decided = newestFirst.filter(({ status }) => status !== 'pending');
  const deliveryOf = (id: string): Delivery | undefined =>
    [...deliveries.values()].find(({ suggestionId }) => suggestionId === id);
  const onDeciding = useMovingOn(pending);
  return (
    <div className="space-y-3">
      {pending.length === 0 ? (
        <p className="text-sm text-muted">{strings.suggestions.empty}</p>
      ) : null}
      {pending.map((suggestion) => (
        <SuggestionCard
          key={suggestion.id}
          suggestion={suggestion}
          client={client}
          apply={apply}
          onDeciding={(deciding) => {
            onDeciding(suggestion.id, deciding);
          }}
          onShowLine={onShowLine}
        />
      ))}
      {decided.length > 0 ? (
        <section aria-label={strings.suggestions.decided}>
          <h2 className="mt-6 mb-2 text-sm font-semibold">{strings.suggestions.decided}</h2>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {decided.map((suggestion) => (
              <Decided
                key={suggestion.id}
                suggestion={suggestion}
                delivery={deliveryOf(suggestion.id)}
              />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Decided({
  suggestion,
  delivery,
}: {
  suggestion: Suggestion;
  delivery: Delivery | undefined;
}) {
  const status = delivery
    ? strings.deliveries.statuses[delivery.status]
    : strings.suggestions.statuses[suggestion.status];
  return (
    <li className="flex items-baseline justify-between gap-3 px-3 py-2 text-sm">
      <span className="min-w-0 break-words">{suggestion.text}</span>
      <span className="shrink-0 text-xs text-muted">{status}</span>
    </li>
  );
}
