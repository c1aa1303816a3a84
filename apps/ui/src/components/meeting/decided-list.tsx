import type { Delivery, Suggestion } from '@parley/client';
import { strings } from '@/strings';
import { DELIVERY_COLORS } from './delivery-list';

const said = strings.suggestions;

interface DecidedProps {
  suggestions: Suggestion[];
  deliveryOf: (suggestionId: string) => Delivery | undefined;
}

/** What became of earlier suggestions, newest first: decided by whom, or why nobody has to decide any more. */
export function DecidedList({ suggestions, deliveryOf }: DecidedProps) {
  if (suggestions.length === 0) return null;
  return (
    <section aria-label={said.decided}>
      <h2 className="mt-6 mb-2 text-sm font-semibold">{said.decided}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {suggestions.map((suggestion) => (
          <Decided
            key={suggestion.id}
            suggestion={suggestion}
            delivery={deliveryOf(suggestion.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function Decided({
  suggestion: { kind, text, status, decidedBy, expiredBecause },
  delivery,
}: {
  suggestion: Suggestion;
  delivery: Delivery | undefined;
}) {
  const about = [
    said.kinds[kind],
    decidedBy ? `${said.statuses[status]} ${strings.summary.by} ${decidedBy}` : null,
    expiredBecause ? said.expired[expiredBecause] : null,
    delivery?.reason ?? null,
  ].filter(Boolean);
  return (
    <li className="px-3 py-2 text-sm">
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 break-words">{text}</span>
        <span
          className={`shrink-0 text-xs ${delivery ? DELIVERY_COLORS[delivery.status] : 'text-muted'}`}
        >
          {delivery ? strings.deliveries.statuses[delivery.status] : said.statuses[status]}
        </span>
      </div>
      <p className="mt-0.5 text-xs break-words text-muted">{about.join(' · ')}</p>
    </li>
  );
}
