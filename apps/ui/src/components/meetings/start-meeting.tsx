'use client';

import { unwrap } from '@parley/client';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { ProblemNotice } from '../notice';

export function StartMeeting() {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const start = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      const meeting = await unwrap(
        pageClient().ingestion.POST('/v1/meetings', {
          body: {
            title: formText(form, 'title'),
            participants: namesIn(formText(form, 'people')).map((name) => ({ name })),
            timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          },
        }),
      );
      router.push(`/meetings/${meeting.id}`);
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
        <Field label={strings.meetings.people} name="people" hint={strings.meetings.peopleHint} />
        <Button type="submit" look="primary" disabled={busy} className="sm:mt-6">
          {busy ? strings.meetings.beginning : strings.meetings.begin}
        </Button>
      </div>
      {error ? (
        <div className="mt-3">
          <ProblemNotice error={error} />
        </div>
      ) : null}
    </form>
  );
}

function namesIn(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
