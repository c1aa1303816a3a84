'use client';

import type { Delivery, ParleyClient, Suggestion, TimelineEntry } from '@parley/client';
import { useEffect, useRef } from 'react';
import { strings } from '@/strings';
import { currentCard, focusCard } from './step-suggestions';
import { SuggestionCard } from './suggestion-card';

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
  // Who decided about one goes on with the next: it takes the place of the one that is gone.
  const chosen = useRef<{ id: string; at: number } | null>(null);
  useEffect(() => {
    const { current } = chosen;
    if (!current || pending.some(({ id }) => id === current.id)) return;
    chosen.current = null;
    if (document.activeElement === document.body) {
      focusCard(Math.min(current.at, pending.length - 1));
    }
  });
  return (
    <div
      className="space-y-3"
      onFocus={() => {
        const id = currentCard()?.dataset['suggestion'];
        const at = pending.findIndex((one) => one.id === id);
        if (id && at >= 0) chosen.current = { id, at };
      }}
    >
      {pending.length === 0 ? (
        <p className="text-sm text-muted">{strings.suggestions.empty}</p>
      ) : null}
      {pending.map((suggestion) => (
        <SuggestionCard
          key={suggestion.id}
          suggestion={suggestion}
          client={client}
          apply={apply}
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
