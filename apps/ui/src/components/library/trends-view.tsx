'use client';

import type { Trends } from '@parley/client';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { Select } from '../select';
import { voiceColor, VOICES } from '../voices';
import { MeetingBars } from './meeting-bars';
import { SpeakerBars } from './speaker-bars';
import { TrendTables } from './trend-tables';
import { useTrends } from './use-trends';
import { COUNTS, WeekColumns } from './week-columns';

const said = strings.trends;
const PERIODS = [12, 26, 52] as const;

/** Talk time, questions, decisions and tasks over some weeks. */
export function TrendsView() {
  const [weeks, setWeeks] = useState<number>(PERIODS[0]);
  const { trends, error, reload } = useTrends(weeks);
  return (
    <section aria-label={said.title} className="mt-9" aria-busy={!trends && !error}>
      <div className="flex items-end justify-between gap-3">
        <h2 className="text-lg font-semibold tracking-tight">{said.title}</h2>
        <Select
          label={said.period}
          labelHidden
          choices={PERIODS.map((period) => [String(period), said.weeks[period]])}
          value={String(weeks)}
          onChange={({ target }) => {
            setWeeks(Number(target.value));
          }}
        />
      </div>
      {error ? (
        <div className="mt-3 space-y-3">
          <ProblemNotice error={error} />
          <Button small onClick={reload}>
            {said.again}
          </Button>
        </div>
      ) : null}
      {!trends && !error ? <p className="mt-3 text-sm text-muted">{said.loading}</p> : null}
      {trends?.meetings.length === 0 ? (
        <div className="mt-3 rounded-xl border border-dashed border-line p-8 text-center text-sm text-muted">
          <p>{said.empty}</p>
          <Link href="/" className="mt-1 inline-block text-accent hover:underline">
            {said.start}
          </Link>
        </div>
      ) : null}
      {trends && trends.meetings.length > 0 ? <Charts trends={trends} /> : null}
    </section>
  );
}

function Charts({ trends }: { trends: Trends }) {
  const colors = useMemo(() => colorsOf(trends), [trends]);
  return (
    <>
      <div className="mt-3 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {COUNTS.map((count) => (
          <WeekColumns key={count} count={count} weeks={trends.weeks} />
        ))}
      </div>
      <div className="mt-3 grid gap-3 lg:grid-cols-2">
        <SpeakerBars speakers={trends.speakers} colors={colors} />
        <MeetingBars meetings={trends.meetings} colors={colors} />
      </div>
      <TrendTables trends={trends} />
      <p className="mt-3 max-w-prose text-xs text-muted">
        {said.explain}
        {trends.leftOut > 0 ? ` ${said.leftOut} ${trends.leftOut}.` : null}
      </p>
    </>
  );
}

/** The same colour for the same name everywhere, for as many as there are colours. */
function colorsOf({ speakers }: Trends): (name: string | null) => string {
  const named = speakers.map(({ name }) => name).filter((name) => name !== null);
  const colors = new Map(
    named.slice(0, VOICES).map((name, index) => [name, voiceColor(index)] as const),
  );
  return (name) => (name === null ? undefined : colors.get(name)) ?? 'var(--muted)';
}
