'use client';

import type { Segment } from '@parley/client';
import { useEffect, useRef } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { useSaving } from '../use-saving';
import { MARKS, marksOf, readMarks, type Mark } from './line-marks';
import type { SummaryEditing } from './summary-editing';

const said = strings.marking;
/** As long as a line of a summary may be. */
const MOST_CHARACTERS = 400;

interface MarkLineProps {
  line: Segment;
  /** What it is marked as already. */
  marks: string;
  editing: SummaryEditing;
  onDone: () => void;
}

/** Notes a line in the summary, word for word and citing itself. */
export function MarkLine({ line, marks, editing, onDone }: MarkLineProps) {
  const { busy, error, save } = useSaving();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    group.current?.querySelector<HTMLElement>('button:enabled')?.focus();
  }, []);
  const note = async (section: Mark): Promise<void> => {
    const saved = await save(() =>
      editing.change((now) => {
        // Somebody else may have noted it meanwhile.
        if (readMarks(marksOf(now).get(line.id) ?? '').includes(section)) return null;
        const text = line.text.slice(0, MOST_CHARACTERS);
        return { add: [{ section, text, segments: [line.id] }] };
      }),
    );
    if (saved) onDone();
  };
  const known = readMarks(marks);
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
        {MARKS.map((mark) => (
          <Button
            key={mark}
            small
            disabled={busy || known.includes(mark)}
            onClick={() => void note(mark)}
          >
            {said.one[mark]}
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
