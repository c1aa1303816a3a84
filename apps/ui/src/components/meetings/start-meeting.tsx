'use client';

import type { Meeting } from '@parley/client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { namesIn } from '../names-in';
import { Notice, ProblemNotice } from '../notice';
import { PrivacyChoice, type PrivacyMode } from '../privacy-choice';
import { beginMeeting, ConsentsNotNotedError, noteAnswers, type Person } from './begin-meeting';
import { PeopleConsents } from './people-consents';
import { peopleKeys } from './people-keys';
import { StartDetails, type StartTicks } from './start-details';
import { useStartChoices } from './use-start-choices';

/** What the service takes at most. */
const MOST_PEOPLE = 100;

export function StartMeeting() {
  const router = useRouter();
  const choices = useStartChoices();
  const [mode, setMode] = useState<PrivacyMode | null>(null);
  const [ticks, setTicks] = useState<StartTicks>({
    redact: false,
    redactNames: false,
    keepAudio: false,
  });
  const [names, setNames] = useState('');
  // By person, not by place: a name that is put in front must not move an answer to somebody else.
  const [said, setSaid] = useState<ReadonlyMap<string, Partial<Person>>>(new Map());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const typed = namesIn(names);
  const keys = peopleKeys(typed);
  const people = typed.map((name, index): Person => ({
    answer: '',
    ownChannel: false,
    ...said.get(keys[index] ?? ''),
    name,
  }));

  const takesOut = ticks.redact || ticks.redactNames || choices.redacts || choices.redactsNames;
  const make = (form: FormData): Promise<Meeting> => {
    const client = pageClient();
    // Made already: only what could not be noted is tried again.
    if (error instanceof ConsentsNotNotedError) {
      return noteAnswers(client, error.meeting, error.missing).then(() => error.meeting);
    }
    const language = formText(form, 'language');
    const words = namesIn(formText(form, 'words'));
    const body = {
      title: formText(form, 'title'),
      // Left to the workspace where nobody chose.
      ...(mode ? { privacyMode: mode } : {}),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(language ? { language } : {}),
      ...(words.length > 0 ? { vocabulary: words } : {}),
      ...(form.has('redact') ? { redactPersonalData: true } : {}),
      ...(form.has('redactNames') ? { redactNames: true } : {}),
      ...(form.has('keepAudio') ? { keepAudio: true } : {}),
    };
    return beginMeeting(client, body, people);
  };
  const start = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      const { id } = await make(form);
      router.push(`/meetings/${id}`);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <form
      onSubmit={(event) => void start(event)}
      className="rounded-xl border border-line bg-surface p-4 sm:p-5"
    >
      <h2 className="text-base font-semibold">{strings.meetings.start}</h2>
      <div className="mt-3 grid gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-start">
        <Field
          label={strings.meetings.name}
          name="title"
          required
          maxLength={200}
          placeholder={strings.meetings.namePlaceholder}
        />
        <Field
          label={strings.meetings.people}
          name="people"
          value={names}
          hint={people.length > MOST_PEOPLE ? strings.start.tooMany : strings.meetings.peopleHint}
          onChange={({ target }) => {
            setNames(target.value);
          }}
        />
        <Button
          type="submit"
          look="primary"
          disabled={busy || people.length > MOST_PEOPLE}
          className="sm:mt-6"
        >
          {busy ? strings.meetings.beginning : strings.meetings.begin}
        </Button>
      </div>
      <div className="mt-4 space-y-4">
        {people.length > 0 && people.length <= MOST_PEOPLE ? (
          <PeopleConsents
            people={people}
            keys={keys}
            onChange={(key, change) => {
              setSaid((known) => new Map(known).set(key, { ...known.get(key), ...change }));
            }}
          />
        ) : null}
        <PrivacyChoice
          name="privacy"
          legend={strings.start.privacy}
          value={mode ?? choices.privacyMode}
          usual={choices.privacyMode}
          onChange={setMode}
          keepsAudio={ticks.keepAudio && !takesOut}
        />
        <StartDetails
          choices={choices}
          mode={mode ?? choices.privacyMode}
          ticks={ticks}
          onTick={(change) => {
            setTicks((known) => ({ ...known, ...change }));
          }}
        />
      </div>
      {error ? (
        <div className="mt-3 space-y-2">
          <Fault error={error} />
        </div>
      ) : null}
    </form>
  );
}

function Fault({ error }: { error: unknown }) {
  if (!(error instanceof ConsentsNotNotedError)) return <ProblemNotice error={error} />;
  const { id, title } = error.meeting;
  return (
    <>
      <Notice look="warn">
        {strings.start.notNoted}{' '}
        <Link href={`/meetings/${id}`} className="underline">
          {title}
        </Link>
      </Notice>
      <ProblemNotice error={error.cause} />
    </>
  );
}
