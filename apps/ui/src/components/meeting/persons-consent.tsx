'use client';

import { unwrap, type ConsentRecord, type Participant, type ParleyClient } from '@parley/client';
import { useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { classNames } from '../class-names';
import { ProblemNotice } from '../notice';
import { dayAndTime } from '../times';
import { useSaving } from '../use-saving';

const said = strings.privacy;
type Method = ConsentRecord['method'];
const METHODS = Object.entries(said.methods) as [Method, string][];
const STATES = {
  granted: [said.granted, 'text-accent'],
  declined: [said.refuses, 'text-warn'],
  unknown: [said.unknown, 'text-muted'],
} as const;

interface PersonsConsentProps {
  client: ParleyClient;
  meetingId: string;
  person: Participant;
  live: boolean;
  /** The last word that was noted of this person. */
  latest: ConsentRecord | null;
  onNoted: () => Promise<void>;
}

/** What one person said to being recorded, since when and by whose word; while it runs it can be changed. */
export function PersonsConsent(props: PersonsConsentProps) {
  const { client, meetingId, person, live, latest, onNoted } = props;
  const [method, setMethod] = useState<Method>('spoken');
  const { busy, error, save } = useSaving();
  const consent = person.consent ?? 'unknown';
  const [state, color] = STATES[consent];
  const note = (next: 'granted' | 'declined'): Promise<boolean> =>
    save(async () => {
      const path = { id: meetingId, participantId: person.id };
      await unwrap(
        client.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
          params: { path },
          body: { consent: next, method },
        }),
      );
      await onNoted();
    });
  const about = [
    latest && `${said.methods[latest.method]}, ${dayAndTime(latest.givenAt)}`,
    latest && `${said.noted} ${latest.recordedBy}`,
    person.channel && said.ownChannel,
  ].filter(Boolean);
  return (
    <li className="py-2.5">
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 font-medium break-words">{person.name}</span>
        <span className={classNames('shrink-0 font-medium', color)}>{state}</span>
      </div>
      {about.length > 0 ? <p className="text-xs text-muted">{about.join(' · ')}</p> : null}
      {live ? (
        <div className="mt-1.5 flex flex-wrap items-center gap-2">
          <select
            aria-label={`${said.how}: ${person.name}`}
            value={method}
            onChange={({ target }) => {
              setMethod(target.value as Method);
            }}
            className="min-h-8 rounded-md border border-line bg-ground px-2 text-sm"
          >
            {METHODS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          {consent === 'granted' ? null : (
            <Button
              small
              disabled={busy}
              aria-label={`${said.grant}: ${person.name}`}
              onClick={() => void note('granted')}
            >
              {said.grant}
            </Button>
          )}
          {consent === 'declined' ? null : (
            <Button
              small
              disabled={busy}
              aria-label={`${consent === 'granted' ? said.withdraw : said.refuses}: ${person.name}`}
              onClick={() => void note('declined')}
            >
              {consent === 'granted' ? said.withdraw : said.refuses}
            </Button>
          )}
        </div>
      ) : null}
      <ProblemNotice error={error} className="mt-2" />
    </li>
  );
}
