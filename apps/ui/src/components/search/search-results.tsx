import type { SearchResults as Found } from '@parley/client';
import { FileText, MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { useMemo, type KeyboardEvent } from 'react';
import { strings } from '@/strings';
import { Notice } from '../notice';
import { clock } from '../times';
import { groupHits, isWeak, placeOf, type HitGroup, type SearchHit } from './group-hits';
import { Highlighted } from './highlighted';

const said = strings.library;

/** What was found, by meeting and document. Arrow keys lead from result to result. */
export function SearchResults({ found }: { found: Found }) {
  const { items, degraded } = found;
  const groups = useMemo(() => groupHits(items), [items]);
  const terms = useMemo(() => termsOf(items), [items]);
  const weak = items.every(isWeak);
  return (
    <div className="space-y-3" onKeyDown={stepBetweenResults}>
      {degraded ? <Notice look="warn">{said.wordsOnly}</Notice> : null}
      {weak ? <p className="text-sm text-muted">{said.weak}</p> : null}
      <ol className="space-y-5">
        {groups.map((group) => (
          <Group key={group.key} group={group} terms={terms} />
        ))}
      </ol>
    </div>
  );
}

function Group({ group, terms }: { group: HitGroup; terms: readonly string[] }) {
  const { kind, href, title, hits } = group;
  const Icon = kind === 'meeting' ? MessagesSquare : FileText;
  return (
    <li className="overflow-hidden rounded-xl border border-line bg-surface">
      <h2 className="flex items-center gap-2.5 border-b border-line px-4 py-2.5">
        <Icon aria-hidden size={16} className="shrink-0 text-muted" />
        <Link href={href} className="min-w-0 truncate text-sm font-semibold hover:underline">
          {title ?? said[kind]}
        </Link>
        <span className="ml-auto shrink-0 text-xs text-muted">{said[kind]}</span>
      </h2>
      <ul className="divide-y divide-line">
        {hits.map((hit) => (
          <Hit key={hit.chunkId} hit={hit} terms={terms} />
        ))}
      </ul>
    </li>
  );
}

function Hit({ hit, terms }: { hit: SearchHit; terms: readonly string[] }) {
  const { text, citation, startMs } = hit;
  const where = [
    startMs === undefined ? null : `${said.passageFrom} ${clock(startMs)}`,
    citation.page ? `${strings.suggestions.page} ${citation.page}` : null,
  ].filter(Boolean);
  return (
    <li className="relative px-4 py-3 text-sm focus-within:bg-sunken hover:bg-sunken">
      <Link
        data-search-result
        href={placeOf(hit)}
        // All of the result leads there.
        className="text-xs font-medium text-accent tabular-nums after:absolute after:inset-0 hover:underline"
      >
        {[said.open, ...where].join(' · ')}
      </Link>
      <p className="mt-1 leading-6 break-words whitespace-pre-line">
        <Highlighted text={text} quote={citation.quote} terms={terms} />
      </p>
    </li>
  );
}

function termsOf(hits: readonly SearchHit[]): string[] {
  return [
    ...new Set(hits.flatMap(({ explanation }) => explanation?.terms.map(({ term }) => term) ?? [])),
  ];
}

function stepBetweenResults(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-search-result]')];
  const at = all.indexOf(event.target as HTMLElement);
  const next = all[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
