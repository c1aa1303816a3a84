'use client';

import { useCallback, useEffect, useState } from 'react';

export interface Paged<Item> {
  /** Null until the first page is there. */
  items: Item[] | null;
  /** Loads what comes after; null when that is all. */
  more: (() => void) | null;
  /** Asks again, from the beginning. */
  reload: () => Promise<void>;
  error: unknown;
}

type LoadPage<Item> = (query: {
  limit: number;
  cursor?: string;
}) => Promise<{ items: Item[]; nextCursor: string | null }>;

const LIMIT = 50;

/** A list that comes page by page. @param load the same function as long as it is the same list. */
export function usePaged<Item>(load: LoadPage<Item>): Paged<Item> {
  const [items, setItems] = useState<Item[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(
    async (cursor: string | null) => {
      try {
        const page = await load({ limit: LIMIT, ...(cursor ? { cursor } : {}) });
        setItems((known) => [...(cursor ? (known ?? []) : []), ...page.items]);
        setNext(page.nextCursor);
        setError(null);
      } catch (problem) {
        setError(problem);
      }
    },
    [load],
  );
  const reload = useCallback(() => read(null), [read]);
  useEffect(() => {
    void reload();
  }, [reload]);
  return { items, more: next === null ? null : () => void read(next), reload, error };
}
