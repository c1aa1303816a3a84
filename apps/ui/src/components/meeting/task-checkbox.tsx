'use client';

import type { Summary } from '@parley/client';
import { strings } from '@/strings';
import { ProblemNotice } from '../notice';
import { useSaving } from '../use-saving';
import { findLine } from './find-line';
import type { SummaryEditing } from './summary-editing';

interface CheckboxProps {
  line: Summary['sections']['tasks'][number];
  /** All of the section, as they are shown. */
  lines: Summary['sections']['tasks'];
  editing: SummaryEditing;
}

/** Says that a task is done, or open again; it counts once the service has it. */
export function TaskCheckbox({ line, lines, editing }: CheckboxProps) {
  const { busy, error, save } = useSaving();
  const tick = (done: boolean): Promise<boolean> =>
    save(() =>
      editing.change(({ sections }) => {
        const found = findLine(line, sections.tasks, lines);
        if (!found || (found.doneBy !== undefined) === done) return null;
        return { edit: [{ id: found.id, done }] };
      }),
    );
  return (
    <>
      <input
        type="checkbox"
        checked={line.doneBy !== undefined}
        disabled={busy}
        aria-label={`${strings.summary.done}: ${line.text}`}
        className="mt-1 mr-2 size-4 shrink-0 accent-accent disabled:opacity-50"
        onChange={({ target }) => void tick(target.checked)}
      />
      <ProblemNotice error={error} className="order-last basis-full" />
    </>
  );
}
