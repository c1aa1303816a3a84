'use client';

import type { Segment } from '@parley/client';
import { useEffect, useRef } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { useSaving } from '../use-saving';
import { NOTED, readSections, sectionsOf, type NotedSection } from './line-sections';
import { MOST_CHARACTERS } from './line-words';
import type { SummaryEditing } from './summary-editing';

const said = strings.noting;

interface NoteLineProps {
  line: Segment;
  /** Where the summary cites it already, as `readSections` reads it. */
  sections: string;
  editing: SummaryEditing;
  onDone: () => void;
}

/** Notes a line in the summary, word for word and citing itself. */
export function NoteLine({ line, sections, editing, onDone }: NoteLineProps) {
  const { busy, error, save } = useSaving();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    group.current?.querySelector<HTMLElement>('button:enabled')?.focus();
  }, []);
  const note = async (section: NotedSection): Promise<void> => {
    const saved = await save(() =>
      editing.change((now) => {
        // Somebody else may have noted it meanwhile.
        if (readSections(sectionsOf(now).get(line.id) ?? '').includes(section)) return null;
        const text = line.text.slice(0, MOST_CHARACTERS);
        return { add: [{ section, text, segments: [line.id] }] };
      }),
    );
    if (saved) onDone();
  };
  const known = readSections(sections);
  return (
    <div
      ref={group}
      role="group"
      aria-label={`${said.as}: ${line.text}`}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onDone();
      }}
      className="my-1 space-y-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <span aria-hidden className="text-sm text-muted">
          {said.as}
        </span>
        {NOTED.map((section) => (
          <Button
            key={section}
            small
            disabled={busy || known.includes(section)}
            onClick={() => void note(section)}
          >
            {said.one[section]}
          </Button>
        ))}
        <Button small look="plain" disabled={busy} onClick={onDone}>
          {strings.meeting.cancel}
        </Button>
      </div>
      <ProblemNotice error={error} />
    </div>
  );
}
