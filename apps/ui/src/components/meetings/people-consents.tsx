'use client';

import { strings } from '@/strings';
import { Notice } from '../notice';
import type { ConsentAnswer, Person } from './begin-meeting';

const said = strings.start;
const ANSWERS = Object.entries(said.answers) as [ConsentAnswer, string][];

interface PeopleConsentsProps {
  people: readonly Person[];
  /** What tells them apart, in their order. */
  keys: readonly string[];
  onChange: (key: string, change: Partial<Person>) => void;
}

/** What each person said to being recorded, and whose microphone is their own. */
export function PeopleConsents({ people, keys, onChange }: PeopleConsentsProps) {
  const declined = people.filter(({ answer }) => answer.startsWith('declined'));
  return (
    <fieldset className="min-w-0">
      <legend className="text-sm font-medium">{said.consents}</legend>
      <p className="mt-0.5 text-xs text-muted">{said.consentsHint}</p>
      <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-ground">
        {people.map(({ name, answer, ownChannel }, index) => {
          const key = keys[index] ?? name;
          return (
            <li
              key={key}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5 text-sm"
            >
              <span className="min-w-0 flex-1 basis-32 truncate font-medium">{name}</span>
              <label className="inline-flex min-h-8 items-center gap-2 text-muted">
                <input
                  type="checkbox"
                  checked={ownChannel}
                  aria-label={`${said.ownChannelOf} ${name}`}
                  onChange={({ target }) => {
                    onChange(key, { ownChannel: target.checked });
                  }}
                  className="size-4 accent-accent"
                />
                {said.ownChannel}
              </label>
              <select
                aria-label={`${said.consentOf} ${name}`}
                value={answer}
                onChange={({ target }) => {
                  onChange(key, { answer: target.value as ConsentAnswer });
                }}
                className="min-h-8 w-44 rounded-md border border-line bg-surface px-2 text-sm max-sm:w-full"
              >
                {ANSWERS.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </li>
          );
        })}
      </ul>
      {declined.length > 0 ? (
        <div className="mt-2">
          <Notice look="warn">
            {declined.map(({ name }) => name).join(', ')}{' '}
            {declined.length > 1 ? strings.privacy.declinedMany : strings.privacy.declined}.{' '}
            {strings.privacy.withheld}
          </Notice>
        </div>
      ) : null}
    </fieldset>
  );
}
