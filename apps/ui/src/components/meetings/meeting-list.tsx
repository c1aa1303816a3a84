'use client';

import { unwrap, type Meeting } from '@parley/client';
import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { ProblemNotice } from '../notice';
import { clock, dayAndTime } from '../times';
import { PlannedMeetings } from './planned-meetings';
import { PlaySample } from './play-sample';
import { StartMeeting } from './start-meeting';

const PAGE = 50;

export function MeetingList({ socketUrl }: { socketUrl: string }) {
  const [meetings, setMeetings] = useState<Meeting[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [wanted, setWanted] = useState('');

  const load = useCallback(async (cursor: string | null) => {
    try {
      const query = { limit: PAGE, ...(cursor ? { cursor } : {}) };
      const page = await unwrap(pageClient().ingestion.GET('/v1/meetings', { params: { query } }));
      setMeetings((known) => [...(cursor ? (known ?? []) : []), ...page.items]);
      setNext(page.nextCursor);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }, []);
  useEffect(() => {
    void load(null);
  }, [load]);

  const shown = (meetings ?? []).filter((meeting) => isAbout(meeting, wanted));
  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="text-2xl font-semibold tracking-tight">{strings.meetings.title}</h1>
      <p className="mt-1 mb-6 max-w-prose text-sm text-muted">{strings.tagline}</p>
      <StartMeeting />
      <PlannedMeetings />
      <div className="mt-8 flex flex-wrap items-start justify-between gap-3">
        <div className="w-full max-w-xs">
          <Field
            label={strings.meetings.filter}
            labelHidden
            type="search"
            data-shortcut="/"
            placeholder={strings.meetings.filterPlaceholder}
            value={wanted}
            onChange={(event) => {
              setWanted(event.target.value);
            }}
          />
        </div>
        {meetings && meetings.length > 0 ? (
          <PlaySample socketUrl={socketUrl} first={false} />
        ) : null}
      </div>
      <div className="mt-3" aria-busy={meetings === null && !error}>
        {error ? (
          <div className="space-y-2">
            <ProblemNotice error={error} />
            <Button small onClick={() => void load(null)}>
              {strings.problem.again}
            </Button>
          </div>
        ) : null}
        {meetings === null && !error ? (
          <p role="status" className="p-8 text-center text-sm text-muted">
            {strings.meetings.loading}
          </p>
        ) : null}
        {meetings && shown.length === 0 ? (
          <div className="rounded-xl border border-dashed border-line p-8 text-center text-sm text-muted">
            <p>{meetings.length === 0 ? strings.meetings.empty : strings.meetings.noMatch}</p>
            {meetings.length === 0 ? <PlaySample socketUrl={socketUrl} first /> : null}
          </div>
        ) : null}
        {shown.length > 0 ? (
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
            {shown.map((meeting) => (
              <MeetingRow key={meeting.id} meeting={meeting} />
            ))}
          </ul>
        ) : null}
        {next ? (
          <div className="mt-4 text-center">
            <Button onClick={() => void load(next)}>{strings.meetings.more}</Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function MeetingRow({ meeting }: { meeting: Meeting }) {
  const { id, title, status, startedAt, endedAt, participants } = meeting;
  const names = participants.map(({ name }) => name).join(', ');
  return (
    <li>
      <Link href={`/meetings/${id}`} className="flex items-center gap-4 px-4 py-3 hover:bg-sunken">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{title}</span>
          {names ? <span className="block truncate text-sm text-muted">{names}</span> : null}
        </span>
        <span className="shrink-0 text-right text-sm text-muted tabular-nums">
          {status === 'live' ? (
            <span className="inline-flex items-center gap-1.5 font-medium text-accent">
              <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
              {strings.meetings.live}
            </span>
          ) : (
            endedAt && <span>{clock(Date.parse(endedAt) - Date.parse(startedAt))}</span>
          )}
          <span className="block">{dayAndTime(startedAt)}</span>
        </span>
      </Link>
    </li>
  );
}

function isAbout({ title, participants }: Meeting, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  return [title, ...participants.map(({ name }) => name)].some((text) =>
    text.toLowerCase().includes(words),
  );
}
