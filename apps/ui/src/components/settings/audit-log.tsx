'use client';

import { unwrap, type AuditEntry } from '@parley/client';
import { useCallback } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { dayAndTime } from '../times';
import { usePaged } from '../use-paged';
import { PagedList, Section } from './section';
import { Needs } from './visitor';

const said = strings.settings.audit;

export function AuditLog() {
  return (
    <Needs scope="admin">
      <AuditEntries />
    </Needs>
  );
}

function AuditEntries() {
  const load = useCallback(
    (query: { limit: number; cursor?: string }) =>
      unwrap(pageClient().ingestion.GET('/v1/audit', { params: { query } })),
    [],
  );
  const list = usePaged<AuditEntry>(load);
  return (
    <Section title={said.title} intro={said.intro}>
      <PagedList list={list} empty={said.empty} row={(entry) => <Entry entry={entry} />} />
    </Section>
  );
}

function Entry({
  entry: { sequence, at, actor, action, subjectId, details },
}: {
  entry: AuditEntry;
}) {
  const about = Object.entries(details).map(([name, value]) => `${name}: ${text(value)}`);
  return (
    <div className="text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p>
          <span className="font-medium">{action}</span>{' '}
          <span className="text-muted">{said.by}</span> {actor.name}
        </p>
        <p className="text-xs text-muted tabular-nums">
          {dayAndTime(at)} · {sequence}
        </p>
      </div>
      {about.length > 0 ? (
        <p className="mt-0.5 break-words text-muted">{about.join(' · ')}</p>
      ) : null}
      <p className="mt-0.5 font-mono text-xs break-all text-muted">{subjectId}</p>
    </div>
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
