'use client';

import { unwrap, type SearchResults } from '@parley/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { pageClient } from '@/parley';
import { isWeak, worthShowing } from './group-hits';

const FEW = 10;
/** As many as the service gives. */
const MANY = 50;

export type SearchScope = 'everything' | 'meetings' | 'documents';

export interface Asked {
  query: string;
  scope: SearchScope;
}

export interface Search {
  /** What the results are of; null before anything was asked. */
  asked: Asked | null;
  results: SearchResults | null;
  busy: boolean;
  error: unknown;
  /** Gets more of the same; null where there is none. */
  more: (() => void) | null;
  search: (asked: Asked, limit?: number) => void;
}

/** One search at a time: a newer one takes the place of one that is under way. */
export function useSearch(): Search {
  const [state, setState] = useState<Pick<Search, 'asked' | 'results' | 'busy' | 'error'>>({
    ...{ asked: null, results: null, busy: false, error: null },
  });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const search = useCallback((asked: Asked, limit = FEW) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    if (asked.query === '') {
      setState({ asked: null, results: null, busy: false, error: null });
      return;
    }
    setState((known) => ({ ...known, asked, busy: true, error: null }));
    find(asked, limit, signal).then(
      (results) => {
        if (!signal.aborted) setState({ asked, results, busy: false, error: null });
      },
      (error: unknown) => {
        if (!signal.aborted) setState({ asked, results: null, busy: false, error });
      },
    );
  }, []);

  const { asked, results, busy } = state;
  const full = results?.items.length === FEW && results.items.every((hit) => !isWeak(hit));
  const more = asked && full && !busy;
  return {
    ...state,
    search,
    more: more
      ? () => {
          search(asked, MANY);
        }
      : null,
  };
}

async function find(
  { query, scope }: Asked,
  limit: number,
  signal: AbortSignal,
): Promise<SearchResults> {
  const sources = {
    everything: {},
    meetings: { sources: ['meeting' as const] },
    documents: { sources: ['document' as const] },
  }[scope];
  // Explained: that says which words were looked for.
  const body = { query, mode: 'hybrid' as const, limit, explain: true, ...sources };
  const found = await unwrap(pageClient().rag.POST('/v1/search', { body, signal }));
  return { ...found, items: worthShowing(found.items) };
}
