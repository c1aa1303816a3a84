'use client';

import { unwrap, type IssuedKey, type KeyView } from '@parley/client';
import { useCallback, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Confirm } from '../confirm';
import { ProblemNotice } from '../notice';
import { dayAndTime } from '../times';
import { usePaged } from '../use-paged';
import { useSaving } from '../use-saving';
import { KeyForm } from './key-form';
import { NewKey } from './new-key';
import { PagedList, Section } from './section';
import { Needs } from './visitor';

const said = strings.settings.keys;

export function Keys() {
  return (
    <Needs scope="admin">
      <KeySettings />
    </Needs>
  );
}

function KeySettings() {
  const load = useCallback(
    (query: { limit: number; cursor?: string }) =>
      unwrap(pageClient().ingestion.GET('/v1/keys', { params: { query } })),
    [],
  );
  const list = usePaged<KeyView>(load);
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const onRevoked = (id: string): void => {
    if (issued?.id === id) setIssued(null);
    void list.reload();
  };
  return (
    <>
      <Section title={said.title} intro={said.intro}>
        {issued ? <NewKey key={issued.id} issued={issued} /> : null}
        <PagedList
          list={list}
          empty={said.empty}
          row={(key) => <KeyRow value={key} onRevoked={onRevoked} />}
        />
      </Section>
      <Section title={said.add}>
        <KeyForm
          onIssued={(key) => {
            setIssued(key);
            void list.reload();
          }}
        />
      </Section>
    </>
  );
}

function KeyRow({ value, onRevoked }: { value: KeyView; onRevoked: (id: string) => void }) {
  const { error, save } = useSaving();
  const { id, name, scopes, signedIn, createdAt, createdBy, expiresAt } = value;
  const revoke = (): Promise<boolean> =>
    save(async () => {
      const params = { path: { id } };
      await unwrap(pageClient().ingestion.DELETE('/v1/keys/{id}', { params }));
      onRevoked(id);
    });
  const about = [
    scopes.map((scope) => strings.settings.scopes[scope]).join(', '),
    `${signedIn ? said.signedIn : `${said.by} ${createdBy},`} ${dayAndTime(createdAt)}`,
    expiresAt ? `${said.until} ${dayAndTime(expiresAt)}` : said.lifetimes[''],
  ];
  return (
    <div>
      <div className="flex items-center justify-between gap-4">
        <div className="min-w-0">
          <p className="font-medium break-words">{name}</p>
          <p className="text-sm break-words text-muted">{about.join(' · ')}</p>
        </div>
        <Confirm
          trigger={
            <Button small aria-label={`${said.revoke}: ${name}`}>
              {said.revoke}
            </Button>
          }
          title={said.revokeAsk}
          explanation={said.revokeExplain}
          action={said.revoke}
          onConfirm={() => void revoke()}
        />
      </div>
      <ProblemNotice error={error} className="mt-2" />
    </div>
  );
}
