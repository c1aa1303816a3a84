'use client';

import {
  unwrap,
  type ConnectionTest,
  type ConnectionView,
  type ProviderView,
} from '@parley/client';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { classNames } from '../class-names';
import { Confirm } from '../confirm';
import { Notice, ProblemNotice } from '../notice';
import { useSaving } from '../use-saving';

const said = strings.settings.connections;

interface ConnectionRowProps {
  connection: ConnectionView;
  provider: ProviderView | undefined;
  onChanged: () => void;
}

/** One connection: what it is, how its service does, and what can be done with it. */
export function ConnectionRow({ connection, provider, onChanged }: ConnectionRowProps) {
  const { busy, error, save } = useSaving();
  const [test, setTest] = useState<ConnectionTest | null>(null);
  const { id, name, isDefault, settings } = connection;
  const params = { path: { id } };
  const { integrations } = pageClient();

  const work = (step: () => Promise<void>): Promise<boolean> => {
    setTest(null);
    return save(step);
  };
  const tryOut = (): Promise<boolean> =>
    work(async () => {
      setTest(await unwrap(integrations.POST('/v1/connections/{id}/test', { params })));
    });
  const makeDefault = (): Promise<boolean> =>
    work(async () => {
      const body = { isDefault: true };
      await unwrap(integrations.PATCH('/v1/connections/{id}', { params, body }));
      onChanged();
    });
  const remove = (): Promise<boolean> =>
    work(async () => {
      await unwrap(integrations.DELETE('/v1/connections/{id}', { params }));
      onChanged();
    });

  const shown = Object.entries(settings).map(([key, value]) => `${key}: ${String(value)}`);
  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium break-words">{name}</span>
            {isDefault ? (
              <span className="rounded bg-accent-soft px-1.5 text-xs leading-5 text-accent">
                {said.isDefault}
              </span>
            ) : null}
          </p>
          <p className="text-sm break-words text-muted">
            {[provider?.name ?? connection.provider, ...shown].join(' · ')}
          </p>
          <Breaker state={connection.breaker} />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button small disabled={busy} onClick={() => void tryOut()}>
            {busy ? said.testing : said.test}
          </Button>
          {isDefault ? null : (
            <Button small disabled={busy} onClick={() => void makeDefault()}>
              {said.makeDefault}
            </Button>
          )}
          <Confirm
            trigger={
              <Button small look="plain" disabled={busy} aria-label={`${said.remove}: ${name}`}>
                <Trash2 aria-hidden size={16} />
              </Button>
            }
            title={said.removeAsk}
            explanation={said.removeExplain}
            action={said.remove}
            onConfirm={() => void remove()}
          />
        </div>
      </div>
      {test ? (
        <div className="mt-2">
          <Notice look={test.works ? 'info' : 'danger'}>
            {test.works ? said.works : said.fails}
            {test.reason ? `: ${test.reason}` : null} · {test.ms} {strings.milliseconds}
          </Notice>
        </div>
      ) : null}
      <ProblemNotice error={error} className="mt-2" />
    </div>
  );
}

function Breaker({ state }: { state: ConnectionView['breaker'] }) {
  return (
    <p className={classNames('text-xs', state === 'closed' ? 'text-muted' : 'text-warn')}>
      {said.breaker[state]}
    </p>
  );
}
