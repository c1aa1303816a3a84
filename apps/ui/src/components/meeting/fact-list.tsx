import type { Suggestion } from '@parley/client';
import { strings } from '@/strings';
import { Evidence } from './evidence';

/** What the documents say to what was asked, newest first. */
export function FactList({
  facts,
  onShowLine,
}: {
  facts: Suggestion[];
  onShowLine: (id: string) => void;
}) {
  if (facts.length === 0) return <p className="text-sm text-muted">{strings.facts.empty}</p>;
  return (
    <ul className="space-y-3">
      {facts.toReversed().map((fact) => (
        <li key={fact.id} className="rounded-lg border border-line p-3.5">
          <p className="mb-3 font-medium break-words">{fact.text}</p>
          <Evidence citations={fact.citations} onShowLine={onShowLine} />
        </li>
      ))}
    </ul>
  );
}
