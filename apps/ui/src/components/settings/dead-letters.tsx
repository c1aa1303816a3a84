'use client';

import { unwrap, type DeadLetterView } from '@parley/client';
import { useCallback, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Confirm } from '../confirm';
import { ProblemNotice } from '../notice';
import { dayAndTime } from '../times';
import { usePaged } from '../use-paged';
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
  const [error, setError] = useState<unknown>(null);
  const { integrations } = pageClient();
  const work = async (step: Promise<unknown>): Promise<void> => {
    setError(null);
    await step.catch(setError);
    await list.reload();
  };
  return (
    <>
      {error ? (
        <div className="mb-3">
          <ProblemNotice error={error} />
        </div>
      ) : null}
      <PagedList
        list={list}
        empty={said.lettersEmpty}
        row={(letter) => (
          <Letter
            value={letter}
            onReplay={() => {
              const params = { path: { letter: letter.id } };
              void work(unwrap(integrations.POST('/v1/dead-letters/{letter}/replay', { params })));
            }}
            onDiscard={() => {
              const params = { path: { letter: letter.id } };
              void work(unwrap(integrations.DELETE('/v1/dead-letters/{letter}', { params })));
            }}
          />
        )}
      />
      {list.items && list.items.length > 1 ? (
        <div className="mt-3 text-right">
          <Button
            small
            onClick={() =>
              void work(unwrap(integrations.POST('/v1/dead-letters/replay', { body: {} })))
            }
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
  onReplay: () => void;
  onDiscard: () => void;
}

function Letter({ value, onReplay, onDiscard }: LetterProps) {
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
        <Button small onClick={onReplay}>
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
