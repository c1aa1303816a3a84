'use client';

import { unwrap, type Meeting, type ParleyClient } from '@parley/client';
import { ChevronLeft, Download } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { FollowedMeeting } from '@/meeting/use-meeting';
import { strings } from '@/strings';
import { Button } from '../button';
import { classNames } from '../class-names';
import { Confirm } from '../confirm';
import { ProblemNotice } from '../notice';
import { clock } from '../times';
import { EraseMeeting } from './erase-meeting';
import { MeetingWords } from './meeting-words';

const FORMATS = [
  ['md', 'Markdown'],
  ['json', 'JSON'],
  ['vtt', 'WebVTT'],
  ['srt', 'SubRip'],
  ['zip', strings.meeting.everything],
] as const;

interface HeaderProps {
  meeting: Meeting | null;
  client: ParleyClient | null;
  live: boolean;
  connection: FollowedMeeting['connection'];
  reload: FollowedMeeting['reload'];
}

export function MeetingHeader({ meeting, client, live, connection, reload }: HeaderProps) {
  const [error, setError] = useState<unknown>(null);
  const end = async (): Promise<void> => {
    if (!client || !meeting) return;
    setError(null);
    const params = { path: { id: meeting.id } };
    await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params })).catch(setError);
  };
  return (
    <header className="border-b border-line bg-surface px-4 py-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Link
          href="/"
          aria-label={strings.meeting.back}
          className="-ml-2 rounded-md p-1.5 text-muted hover:bg-sunken hover:text-ink"
        >
          <ChevronLeft aria-hidden size={20} />
        </Link>
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="truncate text-lg leading-tight font-semibold tracking-tight">
            {meeting?.title ?? '…'}
          </h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2.5 text-sm text-muted">
            {meeting ? <Elapsed meeting={meeting} live={live} /> : null}
            <Connection connection={connection} />
          </p>
        </div>
        <div className="flex items-center gap-2">
          {client && meeting && live ? (
            <MeetingWords client={client} meeting={meeting} onChanged={reload} />
          ) : null}
          {meeting ? <ExportMenu meetingId={meeting.id} /> : null}
          {client && meeting && !live ? (
            <EraseMeeting client={client} meetingId={meeting.id} onProblem={setError} />
          ) : null}
          {live ? (
            <Confirm
              trigger={<Button look="danger">{strings.meeting.end}</Button>}
              title={strings.meeting.endAsk}
              explanation={strings.meeting.endExplain}
              action={strings.meeting.end}
              onConfirm={() => void end()}
            />
          ) : null}
        </div>
      </div>
      <ProblemNotice error={error} className="mt-2" />
    </header>
  );
}

function Elapsed({ meeting, live }: { meeting: Meeting; live: boolean }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!live) return;
    const tick = (): void => {
      setNow(Date.now());
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [live]);
  const until = live ? now : meeting.endedAt && Date.parse(meeting.endedAt);
  return (
    <span className="inline-flex items-center gap-1.5 tabular-nums">
      <span
        aria-hidden
        className={classNames('size-2 rounded-full', live ? 'animate-pulse bg-accent' : 'bg-line')}
      />
      {live ? strings.meeting.live : strings.meeting.ended}
      {until ? ` · ${clock(Math.max(0, until - Date.parse(meeting.startedAt)))}` : null}
    </span>
  );
}

function Connection({ connection }: { connection: HeaderProps['connection'] }) {
  const said = strings.meeting.connection[connection];
  return (
    <span role="status" className={connection === 'lost' ? 'font-medium text-warn' : undefined}>
      {said}
    </span>
  );
}

function ExportMenu({ meetingId }: { meetingId: string }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button>
          <Download aria-hidden size={15} />
          {strings.meeting.export}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-40 min-w-40 rounded-lg border border-line bg-surface p-1 text-sm shadow-lg"
        >
          <DropdownMenu.Item
            className="rounded px-2.5 py-1.5 outline-none data-highlighted:bg-sunken"
            onSelect={() => {
              // Once the menu is gone.
              setTimeout(() => {
                window.print();
              });
            }}
          >
            {strings.meeting.print}
          </DropdownMenu.Item>
          {FORMATS.map(([format, name]) => (
            <DropdownMenu.Item key={format} asChild>
              <a
                href={`/api/ingestion/v1/meetings/${meetingId}/export?format=${format}`}
                download
                className="block rounded px-2.5 py-1.5 outline-none data-highlighted:bg-sunken"
              >
                {name}
              </a>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
