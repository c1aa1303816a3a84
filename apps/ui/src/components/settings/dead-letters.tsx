'use client';

import { unwrap, type DeadLetterView } from '@parley/client';
import { useCallback } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Confirm } from '../confirm';
import { ProblemNotice } from '../notice';
import { dayAndTime } from '../times';
import { usePaged } from '../use-paged';
import { useSaving } from '../use-saving';
import { PagedList } from './section';

const said = strings.settings.deliveries;

/** What services gave up on, and what can be done about it. */
export function DeadLetters() {
  const load = useCallback(
    (query: { limit: number; cursor?: string }) =>
      unwrap(pageClient().integrations.GET('/v1/dead-letters', { params: { query } })),
    [],
  );
  const list = usePaged<DeadLetterView>(load);
  const { busy, error, save } = useSaving();
  const { integrations } = pageClient();
  const work = (step: () => Promise<unknown>): void => {
    void save(() => step().finally(() => list.reload()));
  };
  return (
    <>
      <ProblemNotice error={error} className="mb-3" />
      <PagedList
        list={list}
        empty={said.lettersEmpty}
        row={(letter) => (
          <Letter
            value={letter}
            busy={busy}
            onReplay={() => {
              const params = { path: { letter: letter.id } };
              work(() => unwrap(integrations.POST('/v1/dead-letters/{letter}/replay', { params })));
            }}
            onDiscard={() => {
              const params = { path: { letter: letter.id } };
              work(() => unwrap(integrations.DELETE('/v1/dead-letters/{letter}', { params })));
            }}
          />
        )}
      />
      {list.items && list.items.length > 1 ? (
        <div className="mt-3 text-right">
          <Button
            small
            disabled={busy}
            onClick={() => {
              work(() => unwrap(integrations.POST('/v1/dead-letters/replay', { body: {} })));
            }}
          >
            {said.replayAll}
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface LetterProps {
  value: DeadLetterView;
  busy: boolean;
  onReplay: () => void;
  onDiscard: () => void;
}

function Letter({ value, busy, onReplay, onDiscard }: LetterProps) {
  const { service, topic, type, reason, deliveries, diedAt } = value;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">
          {service} · {type ?? topic}
        </p>
        <p className="break-words text-muted">{reason}</p>
        <p className="text-xs text-muted tabular-nums">
          {deliveries} {strings.deliveries.attempts} · {dayAndTime(diedAt)}
        </p>
      </div>
      <div className="flex gap-2">
        <Button small disabled={busy} onClick={onReplay}>
          {said.replay}
        </Button>
        <Confirm
          trigger={
            <Button small look="plain">
              {said.discard}
            </Button>
          }
          title={said.discardAsk}
          explanation={said.discardExplain}
          action={said.discard}
          onConfirm={onDiscard}
        />
      </div>
    </div>
  );
}
