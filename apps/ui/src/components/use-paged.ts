'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

export interface Paged<Item> {
  /** Null until the first page is there. */
  items: Item[] | null;
  /** Loads what comes after; null when that is all. */
  more: (() => void) | null;
  /** Asks again, from the beginning. */
  reload: () => Promise<void>;
  /** The same when nobody asked for it: not while later pages are shown, nor while an answer is awaited. */
  refresh: () => void;
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
  // Answers may come out of order: only what was asked last is shown.
  const turn = useRef(0);
  const waiting = useRef(false);
  const isLong = useRef(false);
  const read = useCallback(
    async (cursor: string | null) => {
      const mine = ++turn.current;
      waiting.current = true;
      const isLast = (): boolean => mine === turn.current;
      try {
        const page = await load({ limit: LIMIT, ...(cursor ? { cursor } : {}) });
        if (!isLast()) return;
        isLong.current = cursor !== null;
        setItems((known) => [...(cursor ? (known ?? []) : []), ...page.items]);
        setNext(page.nextCursor);
        setError(null);
      } catch (problem) {
        if (isLast()) setError(problem);
      } finally {
        if (isLast()) waiting.current = false;
      }
    },
    [load],
  );
  const reload = useCallback(() => read(null), [read]);
  const refresh = useCallback(() => {
    if (!isLong.current && !waiting.current) void reload();
  }, [reload]);
  useEffect(() => {
    void reload();
  }, [reload]);
  const more = next === null ? null : () => void read(next);
  return { items, more, reload, refresh, error };
}
