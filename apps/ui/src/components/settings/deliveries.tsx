'use client';

import { unwrap, type Delivery } from '@parley/client';
import Link from 'next/link';
import { useCallback, useEffect } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { DELIVERY_COLORS } from '../meeting/delivery-list';
import { ProblemNotice } from '../notice';
import { dayAndTime } from '../times';
import { usePaged } from '../use-paged';
import { useSaving } from '../use-saving';
import { DeadLetters } from './dead-letters';
import { PagedList, Section } from './section';
import { Needs, useVisitor } from './visitor';

const said = strings.settings.deliveries;
/** So often, while one is on its way. */
const LOOK_AGAIN_MS = 2_000;

export function Deliveries() {
  return (
    <>
      <Needs scope="read">
        <DeliverySettings />
      </Needs>
      <Section title={said.letters} intro={said.lettersIntro}>
        <Needs scope="admin">
          <DeadLetters />
        </Needs>
      </Section>
    </>
  );
}

function DeliverySettings() {
  const load = useCallback(
    (query: { limit: number; cursor?: string }) =>
      unwrap(pageClient().integrations.GET('/v1/deliveries', { params: { query } })),
    [],
  );
  const list = usePaged<Delivery>(load);
  const { items, reload, refresh } = list;
  const moving = items?.some(({ status }) => status === 'planned' || status === 'sending') ?? false;
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [moving, refresh]);
  return (
    <Section title={said.title} intro={said.intro}>
      <PagedList
        list={list}
        empty={strings.deliveries.empty}
        row={(delivery) => <DeliveryRow delivery={delivery} onChanged={() => void reload()} />}
      />
    </Section>
  );
}

function DeliveryRow({ delivery, onChanged }: { delivery: Delivery; onChanged: () => void }) {
  const visitor = useVisitor();
  const { busy, error, save } = useSaving();
  const { id, provider, tool, status, attempts, reason, meetingId } = delivery;
  const retry = (): Promise<boolean> =>
    save(async () => {
      const params = { path: { id } };
      await unwrap(pageClient().integrations.POST('/v1/deliveries/{id}/retry', { params }));
      onChanged();
    });
  const last = attempts.at(-1);
  const retried = status === 'failed' || status === 'uncertain';
  return (
    <div className="text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="min-w-0">
          <span className="font-medium break-words">
            {provider} · {tool}
          </span>{' '}
          <span className={DELIVERY_COLORS[status]}>{strings.deliveries.statuses[status]}</span>
        </p>
        <div className="flex items-center gap-3 text-xs text-muted">
          <span className="tabular-nums">
            {attempts.length} {strings.deliveries.attempts}
            {last ? ` · ${dayAndTime(last.at)}` : null}
          </span>
          <Link href={`/meetings/${meetingId}`} className="text-accent hover:underline">
            {said.meeting}
          </Link>
          {retried && visitor?.scopes.includes('approve') ? (
            <Button small disabled={busy} onClick={() => void retry()}>
              {strings.deliveries.retry}
            </Button>
          ) : null}
        </div>
      </div>
      {reason ? <p className="mt-1 break-words text-muted">{reason}</p> : null}
      <ProblemNotice error={error} className="mt-2" />
    </div>
  );
}
