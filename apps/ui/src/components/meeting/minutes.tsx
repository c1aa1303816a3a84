'use client';

import type { Meeting, Summary } from '@parley/client';
import { strings } from '@/strings';
import { clock, dayAndTime } from '../times';
import { aboutTask } from './about-task';
import { SECTIONS } from './summary-panel';
import { usePrinting } from './use-printing';
import { whyExtractive } from './why-degraded';

const said = strings.minutes;

interface MinutesProps {
  meeting: Meeting | null;
  summary: Summary | null;
  live: boolean;
}

/** What comes on paper of a meeting: who was there, what it came to, and what is to be done. */
export function Minutes({ meeting, summary, live }: MinutesProps) {
  const printing = usePrinting();
  if (!printing || !meeting) return null;
  const { title, startedAt, endedAt, participants } = meeting;
  const why = summary && whyExtractive(summary);
  const lasted = endedAt ? clock(Date.parse(endedAt) - Date.parse(startedAt)) : null;
  return (
    <article className="minutes hidden print:block">
      <h1 className="text-2xl font-semibold break-words">{title}</h1>
      <p className="mt-1 text-sm">
        {[dayAndTime(startedAt), lasted, live ? said.soFar : null].filter(Boolean).join(' · ')}
      </p>
      {participants.length > 0 ? (
        <p className="mt-1 text-sm">
          {said.present}: {participants.map(({ name }) => name).join(', ')}
        </p>
      ) : null}
      {summary ? (
        SECTIONS.map((section) => (
          <Section key={section} section={section} lines={summary.sections[section]} />
        ))
      ) : (
        <p className="mt-6">{said.nothing}</p>
      )}
      {summary?.awaitedChannels ? <p className="mt-8 text-xs">{strings.summary.awaited}</p> : null}
      {why ? <p className="mt-8 text-xs">{why}</p> : null}
    </article>
  );
}

interface SectionProps {
  section: (typeof SECTIONS)[number];
  lines: Summary['sections']['tasks'];
}

function Section({ section, lines }: SectionProps) {
  if (lines.length === 0) return null;
  const isTasks = section === 'tasks';
  return (
    <section className="mt-6">
      <h2 className="border-b border-line pb-1 font-semibold break-after-avoid">
        {strings.summary.sections[section]}
      </h2>
      <ul className="mt-2 space-y-1.5">
        {lines.map((line) => (
          <li key={line.id} className="flex gap-2 text-sm leading-6 break-inside-avoid">
            <span aria-hidden>{isTasks ? (line.doneBy ? '☑' : '☐') : '·'}</span>
            <span className="min-w-0 break-words">
              {line.text}
              {aboutOf(line).map((part) => (
                <span key={part}> · {part}</span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function aboutOf(line: SectionProps['lines'][number]) {
  const { doneBy, supported, editedBy } = line;
  return [
    ...aboutTask(line),
    doneBy && `${strings.summary.doneBy} ${doneBy}`,
    supported || editedBy ? null : strings.summary.unsupported,
  ].filter((part): part is string => Boolean(part));
}
