'use client';

import type { Delivery, ParleyClient, Suggestion, TimelineEntry } from '@parley/client';
import { strings } from '@/strings';
import { DecidedList } from './decided-list';
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
      <DecidedList suggestions={decided} deliveryOf={deliveryOf} />
    </div>
  );
}
