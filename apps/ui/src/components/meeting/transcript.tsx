'use client';

import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { MeetingState } from '@/meeting/fold-entries';
import { stopPlaying } from '@/meeting/line-player';
import type { IsKept } from '@/meeting/use-recording';
import { strings } from '@/strings';
import { Button } from '../button';
import { colorOf, useVoiceColors } from '../voices';
import type { Correcting } from './correcting';
import { FinalLines } from './final-lines';
import { sectionsOf } from './line-sections';
import type { SummaryEditing } from './summary-editing';
import { lineId, TranscriptLine } from './transcript-line';

/** Nearer to the end than this, and the reader is taken to want what comes. */
const AT_END_PX = 80;

interface TranscriptProps {
  state: MeetingState;
  live: boolean;
  /** The line that somebody asked to see. */
  marked: { id: string; at: number } | null;
  correcting: Correcting | null;
  /** Null as long as there is no summary to note anything in. */
  noting: SummaryEditing | null;
  /** Of which lines audio is kept; null where of none. */
  isKept: IsKept | null;
  /** Shows how a line came about. */
  onTrace: (segmentId: string) => void;
}

/** Follows what is said, until the reader scrolls away from the end. */
export function Transcript(props: TranscriptProps) {
  const { state, live, marked, correcting, noting, isKept, onTrace } = props;
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const [current, setCurrent] = useState<string | null>(null);
  const { lines, partials, summary } = state;
  const sections = useMemo(() => sectionsOf(summary), [summary]);
  const colors = useVoiceColors(lines);

  const toEnd = useCallback(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);
  useEffect(() => {
    if (following) toEnd();
  }, [following, lines, partials, toEnd]);
  useEffect(() => {
    if (!marked) return;
    setFollowing(false);
    const line = document.getElementById(lineId(marked.id));
    line?.scrollIntoView({ block: 'center' });
    line?.focus({ preventScroll: true });
  }, [marked]);

  useEffect(() => stopPlaying, []);

  const onScroll = (): void => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    setFollowing(scrollHeight - scrollTop - clientHeight < AT_END_PX);
  };
  const empty = lines.length === 0 && partials.size === 0;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        onScroll={onScroll}
        role="log"
        aria-live="off"
        tabIndex={0}
        aria-label={strings.meeting.transcript}
        className="h-full overflow-y-auto px-4 py-4 max-lg:max-h-[60dvh] sm:px-6"
      >
        {empty ? (
          <p className="py-16 text-center text-sm text-muted">
            {live ? strings.meeting.transcriptEmptyLive : strings.meeting.transcriptEmptyEnded}
          </p>
        ) : null}
        <ol
          className="mx-auto max-w-3xl"
          onKeyDown={stepBetweenLines}
          onFocus={({ target }) => {
            setCurrent(target.closest('li')?.id ?? null);
          }}
        >
          <FinalLines
            lines={lines}
            colors={colors}
            marked={marked}
            correcting={correcting}
            noting={noting}
            sections={sections}
            isKept={isKept}
            onTrace={onTrace}
            current={current}
          />
          {[...partials.values()].map((line) => (
            <TranscriptLine
              key={`partial-${line.channel}`}
              line={line}
              color={colorOf(colors, line)}
              continues={false}
              markedAt={null}
              correcting={null}
              noting={null}
              sections=""
              kept={false}
              onTrace={null}
              reachable={false}
            />
          ))}
        </ol>
      </div>
      {following || empty ? null : (
        <Button
          small
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-md"
          onClick={() => {
            setFollowing(true);
          }}
        >
          <ArrowDown aria-hidden size={15} />
          {strings.meeting.latest}
        </Button>
      )}
    </div>
  );
}

/** From a button of one line to the same of the next, or the one before. */
function stepBetweenLines(event: KeyboardEvent<HTMLOListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const kind = (event.target as HTMLElement).dataset['lineButton'];
  if (!step || !kind) return;
  event.preventDefault();
  const all = [
    ...event.currentTarget.querySelectorAll<HTMLElement>(`[data-line-button='${kind}']`),
  ];
  all[all.indexOf(event.target as HTMLElement) + step]?.focus();
}
