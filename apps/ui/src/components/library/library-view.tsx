'use client';

import { useSearchParams, type ReadonlyURLSearchParams } from 'next/navigation';
import { strings } from '@/strings';
import { SearchPanel } from '../search/search-panel';
import type { Asked } from '../search/use-search';
import { TrendsView } from './trends-view';

const said = strings.library;

/** Meetings and documents searched, and meetings over time. */
export function LibraryView() {
  const first = askedIn(useSearchParams());
  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="text-2xl font-semibold tracking-tight">{said.title}</h1>
      <p className="mt-1 mb-5 max-w-prose text-sm text-muted">{said.intro}</p>
      <SearchPanel
        label={said.search}
        placeholder={said.placeholder}
        hint={said.hint}
        first={first}
        onAsked={keepInAddress}
      >
        <TrendsView />
      </SearchPanel>
    </div>
  );
}

function askedIn(address: ReadonlyURLSearchParams): Asked {
  const within = address.get('in');
  const scope = within === 'meetings' || within === 'documents' ? within : 'everything';
  return { query: address.get('q') ?? '', scope };
}

/** Who comes back from a result finds the search as it was. */
function keepInAddress(asked: Asked | null): void {
  const search = new URLSearchParams();
  if (asked) search.set('q', asked.query);
  if (asked && asked.scope !== 'everything') search.set('in', asked.scope);
  const query = search.toString();
  window.history.replaceState(null, '', query ? `/library?${query}` : '/library');
}
