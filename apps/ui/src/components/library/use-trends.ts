'use client';

import { unwrap, type Trends } from '@parley/client';
import { useCallback, useEffect, useState } from 'react';
import { pageClient } from '@/parley';

export interface FoundTrends {
  trends: Trends | null;
  error: unknown;
  reload: () => void;
}

const DAY_MS = 86_400_000;

/** So many weeks up to today, as this browser's clock and time zone have it. */
export function useTrends(weeks: number): FoundTrends {
  const [found, setFound] = useState<Omit<FoundTrends, 'reload'>>({ trends: null, error: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const query = { timeZone, from: mondayBefore(new Date(), weeks - 1), to: dayOf(new Date()) };
    unwrap(pageClient().ingestion.GET('/v1/trends', { params: { query }, signal })).then(
      (trends) => {
        setFound({ trends, error: null });
      },
      (error: unknown) => {
        if (!signal.aborted) setFound({ trends: null, error });
      },
    );
    return () => {
      leaving.abort();
    };
  }, [weeks, turn]);
  const reload = useCallback(() => {
    setFound({ trends: null, error: null });
    setTurn((known) => known + 1);
  }, []);
  return { ...found, reload };
}

function mondayBefore(now: Date, weeks: number): string {
  const sinceMonday = (now.getDay() + 6) % 7;
  // Noon: a day on which the clock is put forward or back stays that day.
  const noon = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 12).getTime();
  return dayOf(new Date(noon - (sinceMonday + weeks * 7) * DAY_MS));
}

function dayOf(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
