'use client';

import type { Segment } from '@parley/client';
import { ListPlus, Pencil, Waypoints } from 'lucide-react';
import { memo, useState } from 'react';
import { saidSoFar } from '@/meeting/said-so-far';
import { strings } from '@/strings';
import { classNames } from '../class-names';
import { clock } from '../times';
import type { Correcting } from './correcting';
import { LineButton } from './line-button';
import { LineEditor } from './line-editor';
import { readSections } from './line-sections';
import { NoteLine } from './note-line';
import { PlayLine } from './play-line';
import { SpeakerName } from './speaker-name';
import type { SummaryEditing } from './summary-editing';
import { useDrawn } from './use-drawn';

interface LineProps {
  line: Segment;
  color: string;
  /** The same person goes on: the name is not repeated. */
  continues: boolean;
  markedAt: number | null;
  /** Null while it cannot be put right: it may still change, or nobody is connected. */
  correcting: Correcting | null;
  /** Null while nothing can be noted of it: it may still change, or there is no summary yet. */
  noting: SummaryEditing | null;
  /** Where the summary cites it, as `readSections` reads it. */
  sections: string;
  /** It can be heard. */
  kept: boolean;
  /** Null while it may still change: then nothing is kept of it. */
  onTrace: ((segmentId: string) => void) | null;
  /** Its buttons are on the way of the Tab key: those of one line are. */
  reachable: boolean;
}

/**
 * What one person said without a pause. Far from what is seen it is its words alone: thousands of lines with all that can
 * be done with them would take most of the tab's memory.
 */
export const TranscriptLine = memo(function TranscriptLine(props: LineProps) {
  const { line, continues, markedAt, correcting, noting, sections, reachable } = props;
  const [open, setOpen] = useState<'text' | 'note' | null>(null);
  const { isDrawn, watched } = useDrawn();
  const rich = isDrawn || reachable;
  return (
    <li
      ref={watched}
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
        <Name {...props} rich={rich} />
        {open === 'text' && correcting ? (
          <LineEditor
            line={line}
            correcting={correcting}
            onDone={() => {
              setOpen(null);
            }}
          />
        ) : (
          <div className="flex items-start gap-1">
            <p className="min-w-0 text-[0.95rem] leading-6 break-words">
              <Words line={line} />
              {line.overlaps?.length ? (
                <span className="ml-2 text-xs text-muted" title={strings.meeting.overlapHint}>
                  {strings.meeting.overlap}
                </span>
              ) : null}
              {readSections(sections).map((section) => (
                <span key={section} className="ml-2 text-xs font-medium text-accent">
                  {strings.noting.one[section]}
                </span>
              ))}
              {line.degraded ? (
                <span className="ml-2 text-xs text-warn">{strings.meeting.degraded}</span>
              ) : null}
            </p>
            {rich ? (
              <Buttons
                {...props}
                onEdit={() => {
                  setOpen('text');
                }}
                onNote={() => {
                  setOpen('note');
                }}
              />
            ) : (
              <Room {...props} />
            )}
          </div>
        )}
        {open === 'note' && noting ? (
          <NoteLine
            line={line}
            sections={sections}
            editing={noting}
            onDone={() => {
              setOpen(null);
              document.getElementById(lineId(line.id))?.focus({ preventScroll: true });
            }}
          />
        ) : null}
      </div>
    </li>
  );
});

/** Provisional words differ in form, too, for those who see no difference in colour. */
function Words({ line }: { line: Segment }) {
  if (line.final) return line.text;
  const { confirmed, provisional } = saidSoFar(line);
  return (
    <>
      {confirmed}
      <span className="text-muted italic">
        {provisional}
        <span aria-hidden> …</span>
      </span>
    </>
  );
}

function Buttons({
  line,
  correcting,
  noting,
  kept,
  onTrace,
  reachable,
  onEdit,
  onNote,
}: LineProps & { onEdit: () => void; onNote: () => void }) {
  const same = { text: line.text, reachable };
  return (
    <>
      {kept ? <PlayLine line={line} reachable={reachable} /> : null}
      {correcting ? (
        <LineButton
          {...same}
          kind="text"
          icon={Pencil}
          says={strings.correction.correct}
          onClick={onEdit}
        />
      ) : null}
      {noting ? (
        <LineButton
          {...same}
          kind="note"
          icon={ListPlus}
          says={strings.noting.note}
          onClick={onNote}
        />
      ) : null}
      {onTrace ? (
        <LineButton
          {...same}
          kind="trace"
          icon={Waypoints}
          says={strings.trace.open}
          onClick={() => {
            onTrace(line.id);
          }}
        />
      ) : null}
    </>
  );
}

/** As wide as the buttons are: lines break at the same words with them and without. */
function Room({ correcting, noting, kept, onTrace }: LineProps) {
  const count = [kept, correcting, noting, onTrace].filter(Boolean).length;
  return count > 0 ? (
    <span className="shrink-0" style={{ width: `${count * 1.75 - 0.25}rem` }} />
  ) : null;
}

function Name({
  line: { speaker },
  color,
  continues,
  correcting,
  reachable,
  rich,
}: LineProps & { rich: boolean }) {
  const name = speaker?.name ?? strings.meeting.unknownSpeaker;
  if (continues) return <span className="sr-only">{name}</span>;
  if (speaker && correcting && rich) {
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
