'use client';

import type { Segment } from '@parley/client';
import { Pencil, Waypoints } from 'lucide-react';
import { memo, useState } from 'react';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { clock } from '../times';
import type { Correcting } from './correcting';
import { LineEditor } from './line-editor';
import { PlayLine } from './play-line';
import { SpeakerName } from './speaker-name';

interface LineProps {
  line: Segment;
  color: string;
  /** The same person goes on: the name is not repeated. */
  continues: boolean;
  markedAt: number | null;
  /** Null while it cannot be put right: it may still change, or nobody is connected. */
  correcting: Correcting | null;
  /** It can be heard. */
  kept: boolean;
  /** Null while it may still change: then nothing is kept of it. */
  onTrace: ((segmentId: string) => void) | null;
  /** Its buttons are on the way of the Tab key: those of one line are. */
  reachable: boolean;
}

/** What one person said without a pause. */
export const TranscriptLine = memo(function TranscriptLine(props: LineProps) {
  const { line, continues, markedAt, correcting, kept, onTrace, reachable } = props;
  const [editing, setEditing] = useState(false);
  return (
    <li
      id={lineId(line.id)}
      tabIndex={-1}
      // Made anew when it is asked for again, so that it flashes again.
      key={markedAt ?? undefined}
      className={classNames(
        'transcript-line group grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-3 rounded-md px-1 py-0.5 outline-none',
        !continues && 'mt-3',
        markedAt !== null && 'flash bg-accent-soft',
      )}
    >
      <span className="pt-0.5 text-right text-xs leading-6 text-muted tabular-nums">
        {clock(line.startMs)}
      </span>
      <div>
        <Name {...props} />
        {editing && correcting ? (
          <LineEditor
            line={line}
            correcting={correcting}
            onDone={() => {
              setEditing(false);
            }}
          />
        ) : (
          <div className="flex items-start gap-1">
            <p
              className={classNames(
                'min-w-0 text-[0.95rem] leading-6 break-words',
                !line.final && 'text-muted italic',
              )}
            >
              {line.text}
              {line.final ? null : <span aria-hidden> …</span>}
              {line.overlaps?.length ? (
                <span className="ml-2 text-xs text-muted" title={strings.meeting.overlapHint}>
                  {strings.meeting.overlap}
                </span>
              ) : null}
              {line.degraded ? (
                <span className="ml-2 text-xs text-warn">{strings.meeting.degraded}</span>
              ) : null}
            </p>
            {kept ? <PlayLine line={line} reachable={reachable} /> : null}
            {correcting ? (
              <button
                type="button"
                data-line-button="text"
                tabIndex={reachable ? 0 : -1}
                aria-label={`${strings.correction.correct}: ${line.text}`}
                title={strings.correction.correct}
                className="grid size-6 shrink-0 place-items-center rounded text-muted opacity-0 group-hover:opacity-100 hover:bg-sunken hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100"
                onClick={() => {
                  setEditing(true);
                }}
              >
                <Pencil aria-hidden size={13} />
              </button>
            ) : null}
            {onTrace ? (
              <button
                type="button"
                data-line-button="trace"
                tabIndex={reachable ? 0 : -1}
                aria-label={`${strings.trace.open}: ${line.text}`}
                title={strings.trace.open}
                className="grid size-6 shrink-0 place-items-center rounded text-muted opacity-0 group-hover:opacity-100 hover:bg-sunken hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100"
                onClick={() => {
                  onTrace(line.id);
                }}
              >
                <Waypoints aria-hidden size={13} />
              </button>
            ) : null}
          </div>
        )}
      </div>
    </li>
  );
});

function Name({ line: { speaker }, color, continues, correcting, reachable }: LineProps) {
  const name = speaker?.name ?? strings.meeting.unknownSpeaker;
  if (continues) return <span className="sr-only">{name}</span>;
  if (speaker && correcting) {
    return (
      <SpeakerName speaker={speaker} color={color} correcting={correcting} reachable={reachable} />
    );
  }
  return (
    <span className="block text-sm leading-6 font-semibold" style={{ color }}>
      {name}
    </span>
  );
}

export function lineId(segmentId: string): string {
  return `line-${segmentId}`;
}
