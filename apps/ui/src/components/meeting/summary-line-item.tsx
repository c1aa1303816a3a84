'use client';

import type { Summary } from '@parley/client';
import { Pencil } from 'lucide-react';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { Button } from '../button';
import { aboutTask } from './about-task';
import type { SummaryEditing } from './summary-editing';
import { SummaryLineEditor } from './summary-line-editor';
import { TaskCheckbox } from './task-checkbox';

interface ItemProps {
  section: keyof Summary['sections'];
  line: Summary['sections']['tasks'][number];
  /** All of the section, as they are shown. */
  lines: Summary['sections']['tasks'];
  onShowLine: (segmentId: string) => void;
  editing: SummaryEditing | null;
  /** It was taken out, and is shown only because it is being written. */
  gone: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** One line of a summary: leads to where it was said, and can be put right. */
export function SummaryLineItem(props: ItemProps) {
  const { section, line, lines, onShowLine, editing, gone, open, onOpen } = props;
  if (open && editing) {
    return (
      <li>
        <SummaryLineEditor
          section={section}
          line={line}
          lines={lines}
          editing={editing}
          gone={gone}
          onDone={() => {
            onOpen(false);
          }}
        />
      </li>
    );
  }
  return (
    <li className="group flex flex-wrap items-start text-sm leading-6">
      {section === 'tasks' && editing ? (
        <TaskCheckbox line={line} lines={lines} editing={editing} />
      ) : null}
      <div className="min-w-0 flex-1">
        <Text line={line} onShowLine={onShowLine} />
        <About line={line} />
      </div>
      {editing ? (
        <Button
          small
          look="plain"
          className="-my-1 opacity-60 group-hover:opacity-100 focus-visible:opacity-100"
          aria-label={`${strings.summary.edit}: ${line.text}`}
          onClick={() => {
            onOpen(true);
          }}
        >
          <Pencil aria-hidden size={14} />
        </Button>
      ) : null}
    </li>
  );
}

function Text({ line, onShowLine }: Pick<ItemProps, 'line' | 'onShowLine'>) {
  const look = classNames('break-words', line.doneBy !== undefined && 'text-muted line-through');
  const cited = line.citations.find(({ type }) => type === 'segment');
  if (!cited) return <span className={look}>{line.text}</span>;
  return (
    <button
      type="button"
      className={classNames(look, 'rounded text-left hover:bg-sunken')}
      title={strings.suggestions.showInTranscript}
      onClick={() => {
        onShowLine(cited.id);
      }}
    >
      {line.text}
    </button>
  );
}

function About({ line }: Pick<ItemProps, 'line'>) {
  const about = aboutTask(line);
  return (
    <>
      {about.length > 0 ? (
        <span className="ml-2 inline-block rounded bg-accent-soft px-1.5 text-xs leading-5 text-accent">
          {about.join(' · ')}
        </span>
      ) : null}
      {line.doneBy || line.editedBy ? (
        <span className="ml-2 text-xs text-muted">
          {line.doneBy
            ? `${strings.summary.doneBy} ${line.doneBy}`
            : `${strings.summary.by} ${line.editedBy}`}
        </span>
      ) : null}
      {line.supported || line.editedBy ? null : (
        <span className="ml-2 text-xs text-warn">{strings.summary.unsupported}</span>
      )}
    </>
  );
}
