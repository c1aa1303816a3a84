import type { Trends } from '@parley/client';
import type { ReactNode } from 'react';
import { strings } from '@/strings';
import { dayAndTime, duration, shortDay } from '../times';
import { COUNTS, counted } from './week-columns';

const said = strings.trends;
const NAMES = COUNTS.map((count) => said.counts[count]);

/** All that the charts show, to read and to copy. */
export function TrendTables({ trends: { weeks, speakers, meetings } }: { trends: Trends }) {
  return (
    <details className="mt-4 text-sm">
      <summary className="w-fit rounded text-muted hover:text-ink">{said.tables}</summary>
      <div className="mt-3 space-y-6">
        <Table caption={said.perWeek} heads={[said.week, said.meetings.many, ...NAMES]}>
          {weeks.map((week) => (
            <Row
              key={week.week}
              name={shortDay(week.week)}
              cells={[week.meetings, ...COUNTS.map((count) => counted(count, week[count]))]}
            />
          ))}
        </Table>
        <Table
          caption={said.speakers}
          heads={[said.speaker, said.meetings.many, said.counts.spokenMs]}
        >
          {speakers.map(({ name, spokenMs, meetings }) => (
            <Row key={name} name={name ?? said.unknown} cells={[meetings, duration(spokenMs)]} />
          ))}
        </Table>
        <Table caption={said.perMeeting} heads={[said.meeting, said.started, ...NAMES]}>
          {meetings.map((meeting) => (
            <Row
              key={meeting.id}
              name={meeting.title}
              cells={[
                dayAndTime(meeting.startedAt),
                ...COUNTS.map((count) => counted(count, meeting[count])),
              ]}
            />
          ))}
        </Table>
      </div>
    </details>
  );
}

function Table({
  caption,
  heads,
  children,
}: {
  caption: string;
  heads: readonly string[];
  children: ReactNode;
}) {
  const [first, ...others] = heads;
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={`${said.tables}: ${caption}`}
      className="overflow-x-auto rounded-xl border border-line bg-surface"
    >
      <table className="w-full min-w-xl text-sm">
        <caption className="px-4 pt-3 pb-2 text-left font-semibold first-letter:uppercase">
          {caption}
        </caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="px-4 py-1.5 text-left font-normal">
              {first}
            </th>
            {others.map((head) => (
              <th
                key={head}
                scope="col"
                className="px-4 py-1.5 text-right font-normal first-letter:uppercase"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Row({ name, cells }: { name: string; cells: readonly (string | number)[] }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-4 py-1.5 text-left font-medium">
        {name}
      </th>
      {cells.map((cell, index) => (
        <td key={index} className="px-4 py-1.5 text-right whitespace-nowrap tabular-nums">
          {cell}
        </td>
      ))}
    </tr>
  );
}
