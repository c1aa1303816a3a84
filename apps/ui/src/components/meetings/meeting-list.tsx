'use client';

import { unwrap, type Meeting } from '@parley/client';
import Link from 'next/link';
import { useCallback, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { MoreButton } from '../more-button';
import { ProblemNotice } from '../notice';
import { clock, dayAndTime } from '../times';
import { usePaged } from '../use-paged';
import { PlannedMeetings } from './planned-meetings';
import { PlaySample } from './play-sample';
import { StartMeeting } from './start-meeting';

const said = strings.meetings;

export function MeetingList({ socketUrl }: { socketUrl: string }) {
  const load = useCallback(
    (query: { limit: number; cursor?: string }) =>
      unwrap(pageClient().ingestion.GET('/v1/meetings', { params: { query } })),
    [],
  );
  const { items: meetings, more, reload, error } = usePaged<Meeting>(load);
  const [wanted, setWanted] = useState('');

  const shown = (meetings ?? []).filter((meeting) => isAbout(meeting, wanted));
  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="text-2xl font-semibold tracking-tight">{said.title}</h1>
      <p className="mt-1 mb-6 max-w-prose text-sm text-muted">{strings.tagline}</p>
      <StartMeeting />
      <PlannedMeetings />
      <div className="mt-8 flex flex-wrap items-start justify-between gap-3">
        <div className="w-full max-w-xs">
          <Field
            label={said.filter}
            labelHidden
            type="search"
            data-shortcut="/"
            placeholder={said.filterPlaceholder}
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
            <Button small onClick={() => void reload()}>
              {strings.problem.again}
            </Button>
          </div>
        ) : null}
        {meetings === null && !error ? (
          <p role="status" className="p-8 text-center text-sm text-muted">
            {said.loading}
          </p>
        ) : null}
        {meetings && shown.length === 0 ? (
          <div className="rounded-xl border border-dashed border-line p-8 text-center text-sm text-muted">
            <p>{meetings.length === 0 ? said.empty : more ? said.noMatchYet : said.noMatch}</p>
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
        <MoreButton more={more} label={said.more} />
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
              {said.live}
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
