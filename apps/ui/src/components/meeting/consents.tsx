'use client';

import { unwrap, type ConsentRecord, type Meeting, type ParleyClient } from '@parley/client';
import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useCallback, useEffect, useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { PersonsConsent } from './persons-consent';

const said = strings.privacy;

interface ConsentsProps {
  client: ParleyClient;
  meeting: Meeting;
  live: boolean;
  onChanged: () => Promise<void>;
}

/** How many agreed; opened, who did, how, and the way to note another word. */
export function Consents({ client, meeting, live, onChanged }: ConsentsProps) {
  const { participants } = meeting;
  return (
    <Popover.Root
      onOpenChange={(open) => {
        // Somebody else may have noted something.
        if (open) void onChanged();
      }}
    >
      <Popover.Trigger asChild>
        <Button small look="plain" className="text-inherit">
          {said.consents}
          {participants.length > 0 ? ': ' : null}
          {participants.length > 0 ? howMany(participants) : null}
          <ChevronDown aria-hidden size={14} />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={said.consentsTitle}
          className="z-40 max-h-[70dvh] w-[26rem] max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-xl border border-line bg-surface p-4 text-sm text-ink shadow-xl outline-none"
        >
          <h2 className="font-semibold">{said.consentsTitle}</h2>
          {participants.length === 0 ? (
            <p className="mt-1 text-muted">{said.nobody}</p>
          ) : (
            <People client={client} meeting={meeting} live={live} onChanged={onChanged} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function People({ client, meeting, live, onChanged }: ConsentsProps) {
  const [records, setRecords] = useState<ConsentRecord[]>([]);
  const [error, setError] = useState<unknown>(null);
  const { id } = meeting;
  const load = useCallback(
    () =>
      unwrap(client.ingestion.GET('/v1/meetings/{id}/consents', { params: { path: { id } } })).then(
        ({ items }) => {
          setRecords(items);
          setError(null);
        },
        setError,
      ),
    [client, id],
  );
  useEffect(() => {
    void load();
  }, [load]);
  return (
    <>
      <ul className="mt-2 divide-y divide-line">
        {meeting.participants.map((person) => (
          <PersonsConsent
            key={person.id}
            client={client}
            meetingId={id}
            person={person}
            live={live}
            latest={records.findLast(({ participantId }) => participantId === person.id) ?? null}
            onNoted={async () => {
              await Promise.all([load(), onChanged()]);
            }}
          />
        ))}
      </ul>
      {error ? (
        <div className="mt-2">
          <ProblemNotice error={error} />
        </div>
      ) : null}
    </>
  );
}

function howMany(participants: Meeting['participants']): string {
  const agreed = participants.filter(({ consent }) => consent === 'granted').length;
  if (agreed === participants.length) return said.allAgreed;
  return `${agreed} ${said.of} ${participants.length} ${said.agreed}`;
}
