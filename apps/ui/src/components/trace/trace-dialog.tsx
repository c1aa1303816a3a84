'use client';

import type { ParleyClient, SegmentTrace } from '@parley/client';
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useTrace } from '@/meeting/use-trace';
import { strings } from '@/strings';
import { OVERLAY, WIDE_DIALOG } from '../dialog-looks';
import { lineId } from '../meeting/transcript-line';
import { ProblemNotice } from '../notice';
import { clock } from '../times';
import { TraceTable } from './trace-table';
import { timeOf, type TraceStep } from './trace-times';

const said = strings.trace;

interface DialogProps {
  client: ParleyClient | null;
  meetingId: string;
  segmentId: string;
  /** Another object once more may have come of the line. */
  changes: unknown;
  onClose: () => void;
}

/** How a line came about and what came of it, from the audio to the provider. */
export function TraceDialog({ onClose, ...line }: DialogProps) {
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            // It has no trigger of its own that it would know: each line has one.
            event.preventDefault();
            document
              .getElementById(lineId(line.segmentId))
              ?.querySelector<HTMLElement>('[data-line-button="trace"]')
              ?.focus();
          }}
          className={WIDE_DIALOG}
        >
          <header className="flex items-center justify-between gap-3 border-b border-line py-2 pr-2 pl-5">
            <Dialog.Title className="text-base font-semibold">{said.title}</Dialog.Title>
            <Dialog.Close
              aria-label={strings.shortcuts.close}
              className="grid size-9 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden size={17} />
            </Dialog.Close>
          </header>
          <div
            tabIndex={0}
            role="group"
            aria-label={said.title}
            className="min-h-0 overflow-y-auto px-5 py-4"
          >
            <Body {...line} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Body({ client, meetingId, segmentId, changes }: Omit<DialogProps, 'onClose'>) {
  const { trace, error } = useTrace(client, meetingId, segmentId, changes);
  if (error) return <ProblemNotice error={error} />;
  if (!trace) {
    return (
      <p role="status" aria-busy className="py-10 text-center text-sm text-muted">
        {said.loading}
      </p>
    );
  }
  const since = sinceOf(trace.steps);
  return (
    <div className="space-y-6">
      <Spoken trace={trace} />
      <TraceTable caption={said.heard} steps={trace.steps} since={since} />
      <Suggestions trace={trace} since={since} />
      <footer className="space-y-1 border-t border-line pt-3 text-xs text-muted">
        <p>{said.clocks}</p>
        {trace.traceId ? (
          <p>
            {said.traceId}{' '}
            <code className="font-mono break-all text-ink select-all">{trace.traceId}</code>
          </p>
        ) : null}
      </footer>
    </div>
  );
}

function Spoken({ trace: { segment } }: { trace: SegmentTrace }) {
  const { speaker, startMs, endMs, engine, text } = segment;
  return (
    <blockquote className="border-l-2 border-accent pl-3">
      <p className="leading-6 break-words">{text}</p>
      <p className="mt-0.5 text-xs text-muted tabular-nums">
        {speaker?.name ?? strings.meeting.unknownSpeaker} · {clock(startMs)} –{' '}
        {clock(Math.max(endMs, startMs))} · {((endMs - startMs) / 1_000).toFixed(1)} s · {engine}
      </p>
    </blockquote>
  );
}

interface SuggestionsProps {
  trace: SegmentTrace;
  since: ReturnType<typeof sinceOf>;
}

function Suggestions({ trace: { suggestions }, since }: SuggestionsProps) {
  return (
    <section aria-label={said.became}>
      <h3 className="text-sm font-semibold">{said.became}</h3>
      {suggestions.length === 0 ? (
        <p className="mt-1 text-sm text-muted">{said.nothing}</p>
      ) : (
        suggestions.map(({ id, kind, text, status, steps }) => (
          <div key={id} className="mt-3">
            <p className="mb-1 text-sm">
              <span className="mr-2 rounded bg-accent-soft px-1.5 py-0.5 text-xs font-medium text-accent">
                {strings.suggestions.kinds[kind]}
              </span>
              <span className="break-words">{text}</span>
            </p>
            <TraceTable caption={text} captionHidden steps={steps} since={since} />
            {status === 'pending' ? (
              <p className="border-t border-line pt-1.5 text-sm text-muted">{said.undecided}</p>
            ) : null}
            {status === 'approved' && !steps.some(({ step }) => step === 'settled') ? (
              <p className="border-t border-line pt-1.5 text-sm text-muted">{said.undelivered}</p>
            ) : null}
          </div>
        ))
      )}
    </section>
  );
}

/** Times are counted from the last word, or from when the line was written where nobody noted that. */
function sinceOf(steps: readonly TraceStep[]): { ms: number; name: string } | null {
  const at = (name: TraceStep['step']): number | null =>
    timeOf(steps.find(({ step }) => step === name));
  const lastWord = at('last-word');
  if (lastWord !== null) return { ms: lastWord, name: said.afterLastWord };
  const written = at('written');
  return written === null ? null : { ms: written, name: said.afterWritten };
}
