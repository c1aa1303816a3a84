import type { Trends } from '@parley/client';
import Link from 'next/link';
import { strings } from '@/strings';
import { dayAndTime, duration } from '../times';

type MeetingTrend = Trends['meetings'][number];

const said = strings.trends;
const MOST = 6;

interface BarsProps {
  meetings: Trends['meetings'];
  colors: (name: string | null) => string;
}

/** The newest meetings, and how the talk was shared out in each. */
export function MeetingBars({ meetings, colors }: BarsProps) {
  return (
    <section aria-label={said.perMeeting} className="rounded-xl border border-line bg-surface p-4">
      <h3 className="text-sm font-semibold">{said.perMeeting}</h3>
      <ul className="mt-3 space-y-3">
        {meetings.slice(0, MOST).map((meeting) => (
          <li key={meeting.id} className="text-sm">
            <div className="flex items-baseline justify-between gap-3">
              <Link
                href={`/meetings/${meeting.id}`}
                className="min-w-0 truncate font-medium hover:underline"
              >
                {meeting.title}
              </Link>
              <span className="shrink-0 text-xs text-muted tabular-nums">
                {dayAndTime(meeting.startedAt)}
              </span>
            </div>
            <SharedTalk meeting={meeting} colors={colors} />
            <p className="mt-1 text-xs break-words text-muted tabular-nums">
              {meeting.spokenMs === 0
                ? said.silent
                : meeting.speakers
                    .map(({ name, spokenMs }) => `${name ?? said.unknown} ${duration(spokenMs)}`)
                    .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SharedTalk({
  meeting: { speakers, spokenMs },
  colors,
}: {
  meeting: MeetingTrend;
  colors: (name: string | null) => string;
}) {
  let before = 0;
  return (
    <svg aria-hidden className="mt-1.5 block h-1.5 w-full rounded-full">
      <rect width="100%" height="100%" fill="var(--sunken)" />
      {speakers.map((share) => {
        const from = before;
        before += share.spokenMs;
        return (
          <rect
            key={share.name}
            x={`${(from / spokenMs) * 100}%`}
            width={`${(share.spokenMs / spokenMs) * 100}%`}
            height="100%"
            fill={colors(share.name)}
            stroke="var(--surface)"
          />
        );
      })}
    </svg>
  );
}
