'use client';

import { unwrap, type ParleyClient, type Suggestion, type TimelineEntry } from '@parley/client';
import { Check, Pencil, X } from 'lucide-react';
import { useState, type MouseEvent } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { ArgumentsForm, type Arguments } from './arguments-form';
import { Evidence } from './evidence';

interface CardProps {
  suggestion: Suggestion;
  client: ParleyClient | null;
  apply: (entries: TimelineEntry[]) => void;
  /** A decision was begun here; with `false`: it came to nothing. */
  onDeciding: (deciding: boolean) => void;
  onShowLine: (segmentId: string) => void;
}

/** One proposal: what would happen, why, and the person's word on it. */
export function SuggestionCard(props: CardProps) {
  const { suggestion, client, apply, onDeciding, onShowLine } = props;
  const [edited, setEdited] = useState<Arguments | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const params = { path: { id: suggestion.id } };

  const decide = async (
    work: (client: ParleyClient) => Promise<'approved' | 'rejected'>,
  ): Promise<void> => {
    if (!client) return;
    setBusy(true);
    setError(null);
    onDeciding(true);
    try {
      const status = await work(client);
      const { meetingId } = suggestion;
      const at = new Date().toISOString();
      apply([{ type: 'suggestion.decided', meetingId, at, data: { ...suggestion, status } }]);
    } catch (problem) {
      setError(problem);
      setBusy(false);
      onDeciding(false);
    }
  };
  const approve = (): Promise<void> =>
    decide(async ({ agent }) => {
      const body = edited ? { arguments: edited } : {};
      await unwrap(agent.POST('/v1/suggestions/{id}/approve', { params, body }));
      return 'approved';
    });
  const reject = (): Promise<void> =>
    decide(async ({ agent }) => {
      await unwrap(agent.POST('/v1/suggestions/{id}/reject', { params, body: {} }));
      return 'rejected';
    });

  return (
    <article
      data-suggestion={suggestion.id}
      tabIndex={-1}
      aria-busy={busy}
      className="rounded-lg border border-line bg-ground p-3.5 focus:border-accent focus:ring-1 focus:ring-accent focus:outline-none"
    >
      <header className="mb-1.5 flex items-center justify-between text-xs text-muted">
        <span className="rounded bg-accent-soft px-1.5 py-0.5 font-medium text-accent">
          {strings.suggestions.kinds[suggestion.kind]}
        </span>
        <span className="tabular-nums">
          {Math.round(suggestion.confidence * 100)} % {strings.suggestions.sure}
        </span>
      </header>
      <p className="font-medium break-words">{suggestion.text}</p>
      <div className="mt-2">
        <ArgumentsForm
          value={edited ?? suggestion.arguments}
          editing={edited !== null}
          onChange={setEdited}
        />
      </div>
      <details className="mt-2 text-sm">
        <summary className="w-fit rounded text-muted hover:text-ink">
          {strings.suggestions.why}
        </summary>
        <div className="mt-2 space-y-2.5">
          {suggestion.reasons.map((reason) => (
            <p key={reason} className="break-words text-muted">
              {reason}
            </p>
          ))}
          <Evidence citations={suggestion.citations} onShowLine={onShowLine} />
        </div>
      </details>
      <ProblemNotice error={error} className="mt-2.5" />
      <footer className="mt-3 flex items-center gap-2">
        <Button
          small
          look="primary"
          data-decision="approve"
          disabled={busy}
          onClick={once(approve)}
        >
          <Check aria-hidden size={15} />
          {busy ? strings.suggestions.approving : strings.suggestions.approve}
        </Button>
        <Button small data-decision="reject" disabled={busy} onClick={once(reject)}>
          <X aria-hidden size={15} />
          {strings.suggestions.reject}
        </Button>
        {edited === null ? (
          <Button
            small
            look="plain"
            aria-label={strings.suggestions.edit}
            title={strings.suggestions.edit}
            className="ml-auto"
            onClick={() => {
              setEdited({ ...suggestion.arguments });
            }}
          >
            <Pencil aria-hidden size={15} />
          </Button>
        ) : null}
      </footer>
    </article>
  );
}

/** The second half of a double click would hit the proposal that has moved up meanwhile. */
function once(decide: () => Promise<void>): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) void decide();
  };
}
