'use client';

import type { Summary } from '@parley/client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice } from '../notice';
import type { SummaryLine } from './line-words';
import { followed, withOpened, type OpenedLine } from './opened-lines';
import { SummaryLineEditor } from './summary-line-editor';
import { SummaryLineItem } from './summary-line-item';
import type { SummaryEditing } from './summary-editing';
import { whyExtractive } from './why-degraded';

export const SECTIONS = ['decisions', 'tasks', 'openQuestions', 'objectives', 'keyPoints'] as const;

interface SummaryProps {
  summary: Summary | null;
  live: boolean;
  onShowLine: (segmentId: string) => void;
  /** Null while it still changes by itself. */
  editing: SummaryEditing | null;
}

export function SummaryPanel({ summary, live, onShowLine, editing }: SummaryProps) {
  if (!summary) return <p className="text-sm text-muted">{strings.summary.empty}</p>;
  const status = strings.summary[summary.status];
  const why = whyExtractive(summary);
  const isAwaited = summary.awaitedChannels !== undefined;
  return (
    <div className="space-y-5">
      <p className="text-xs font-medium text-muted">
        {summary.editedBy ? `${status}, ${strings.summary.by} ${summary.editedBy}` : status}
      </p>
      {isAwaited ? <Notice>{strings.summary.awaited}</Notice> : null}
      {SECTIONS.map((name) => {
        // While it runs nothing is known of what is still to come.
        if (summary.sections[name].length === 0 && live) return null;
        return (
          <Section
            key={name}
            name={name}
            lines={summary.sections[name]}
            none={isAwaited ? strings.summary.noneYet : strings.summary.none}
            onShowLine={onShowLine}
            editing={editing}
          />
        );
      })}
      {why ? <Notice>{why}</Notice> : null}
    </div>
  );
}

interface SectionProps {
  name: (typeof SECTIONS)[number];
  lines: Summary['sections']['tasks'];
  /** What is said when there is none. */
  none: string;
  onShowLine: (segmentId: string) => void;
  editing: SummaryEditing | null;
}

function Section({ name, lines, none, onShowLine, editing }: SectionProps) {
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<OpenedLine[]>([]);
  const [followedIn, setFollowedIn] = useState(lines);
  if (lines !== followedIn) {
    setFollowedIn(lines);
    setOpened(followed(opened, lines, followedIn));
  }
  const written = (line: SummaryLine): OpenedLine | undefined =>
    opened.find((one) => one.line === line);
  const shown = [
    ...lines.map((line) => written(line) ?? { key: line.id, line, gone: false }),
    ...opened.filter(({ gone }) => gone),
  ];
  const title = strings.summary.sections[name];
  return (
    <section aria-label={title}>
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {editing && !adding ? (
          <Button
            small
            look="plain"
            aria-label={`${strings.summary.add}: ${title}`}
            onClick={() => {
              setAdding(true);
            }}
          >
            <Plus aria-hidden size={14} />
            {strings.summary.add}
          </Button>
        ) : null}
      </div>
      {lines.length === 0 && !adding ? <p className="mt-1 text-sm text-muted">{none}</p> : null}
      <ul className="mt-1.5 space-y-1.5">
        {shown.map((one) => (
          <SummaryLineItem
            key={one.key}
            section={name}
            line={one.line}
            lines={lines}
            onShowLine={onShowLine}
            editing={editing}
            gone={one.gone}
            open={opened.some(({ key }) => key === one.key)}
            onOpen={(open) => {
              setOpened((all) =>
                open ? withOpened(all, one.line) : all.filter(({ key }) => key !== one.key),
              );
            }}
          />
        ))}
      </ul>
      {adding && editing ? (
        <SummaryLineEditor
          section={name}
          line={null}
          lines={lines}
          editing={editing}
          onDone={() => {
            setAdding(false);
          }}
        />
      ) : null}
    </section>
  );
}
