'use client';

import { unwrap, type Retention } from '@parley/client';
import { useEffect, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { ProblemNotice } from '../notice';
import { Section } from './section';

const said = strings.settings.privacy;
const CLASSES = [
  'meetings',
  'notesOnly',
  'offTheRecord',
  'audio',
  'recordings',
  'documents',
  'carriedOut',
  'audit',
] as const;

/** What is kept how long, by kind. */
export function RetentionTable() {
  const [retention, setRetention] = useState<Retention | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    unwrap(pageClient().ingestion.GET('/v1/retention')).then(setRetention, setError);
  }, []);
  return (
    <Section title={said.retention} intro={said.retentionIntro}>
      <ProblemNotice error={error} />
      <div className="overflow-hidden rounded-xl border border-line bg-surface">
        <table className="w-full text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">{said.what}</th>
              <th scope="col">{said.howLong}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {CLASSES.map((name) => (
              <tr key={name}>
                <th scope="row" className="px-4 py-2.5 text-left font-normal">
                  <span className="font-medium">{said.classes[name][0]}</span>
                  <span className="block text-xs leading-5 text-muted">
                    {said.classes[name][1]}
                  </span>
                </th>
                <td className="w-2/5 px-4 py-2.5 text-right tabular-nums">
                  {lengthOf(name, retention)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function lengthOf(name: (typeof CLASSES)[number], retention: Retention | null): string {
  if (name !== 'meetings' && name !== 'recordings') return said.lengths[name];
  if (!retention) return '…';
  const { meetingDays, recordingDays } = retention;
  if (name === 'meetings') return meetingDays === null ? said.untilErased : daysOf(meetingDays);
  if (recordingDays === null) return said.noPlace;
  // It goes with its meeting at the latest.
  const isAsMeeting = recordingDays === 0 || (meetingDays !== null && meetingDays <= recordingDays);
  return isAsMeeting ? said.asMeeting : daysOf(recordingDays);
}

function daysOf(days: number): string {
  return `${days} ${said.days}`;
}
