'use client';

import type { Segment } from '@parley/client';
import { ArrowDown } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MeetingState } from '@/meeting/fold-entries';
import { strings } from '@/strings';
import { Button } from '../button';
import { classNames } from '../class-names';
import { clock } from '../times';
import { voiceColors } from '../voices';

/** Nearer to the end than this, and the reader is taken to want what comes. */
const AT_END_PX = 80;

interface TranscriptProps {
  state: MeetingState;
  live: boolean;
  /** The line that somebody asked to see. */
  marked: { id: string; at: number } | null;
}

/** Follows what is said, until the reader scrolls away from the end. */
export function Transcript({ state, live, marked }: TranscriptProps) {
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const { lines, partials } = state;
  const colors = useMemo(() => voiceColors(lines), [lines]);
  const colorOf = ({ speaker }: Segment): string =>
    (speaker && colors.get(speaker.id)) ?? 'var(--muted)';

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
        <ol className="mx-auto max-w-3xl">
          {lines.map((line, index) => (
            <Line
              key={line.id}
              line={line}
              color={colorOf(line)}
              continues={isSameVoice(lines[index - 1], line)}
              markedAt={marked?.id === line.id ? marked.at : null}
            />
          ))}
          {[...partials.values()].map((line) => (
            <Line
              key={`partial-${line.channel}`}
              line={line}
              color={colorOf(line)}
              continues={false}
              markedAt={null}
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

interface LineProps {
  line: Segment;
  color: string;
  /** The same person goes on: the name is not repeated. */
  continues: boolean;
  markedAt: number | null;
}

const Line = memo(function Line({ line, color, continues, markedAt }: LineProps) {
  const name = line.speaker?.name ?? strings.meeting.unknownSpeaker;
  return (
    <li
      id={lineId(line.id)}
      tabIndex={-1}
      // Made anew when it is asked for again, so that it flashes again.
      key={markedAt ?? undefined}
      className={classNames(
        'transcript-line grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-3 rounded-md px-1 py-0.5 outline-none',
        !continues && 'mt-3',
        markedAt !== null && 'flash bg-accent-soft',
      )}
    >
      <span className="pt-0.5 text-right text-xs leading-6 text-muted tabular-nums">
        {clock(line.startMs)}
      </span>
      <div>
        <span className={continues ? 'sr-only' : 'block text-sm font-semibold'} style={{ color }}>
          {name}
        </span>
        <p
          className={classNames(
            'text-[0.95rem] leading-6 break-words',
            !line.final && 'text-muted italic',
          )}
        >
          {line.text}
          {line.final ? null : <span aria-hidden> …</span>}
          {line.degraded ? (
            <span className="ml-2 text-xs text-warn">{strings.meeting.degraded}</span>
          ) : null}
        </p>
      </div>
    </li>
  );
});

function isSameVoice(before: Segment | undefined, line: Segment): boolean {
  return (
    before !== undefined &&
    before.channel === line.channel &&
    before.speaker?.id === line.speaker?.id
  );
}

function lineId(segmentId: string): string {
  return `line-${segmentId}`;
}
