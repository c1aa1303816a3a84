'use client';

import { useEffect, useState, type SubmitEvent } from 'react';
import { noteSignedIn, wasSignedIn } from '@/signed-in';
import { strings } from '@/strings';
import { Button } from './button';
import { Field } from './field';
import { formText } from './form-text';
import { Notice } from './notice';

const said = strings.signIn;

export function SignInForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    setOver(wasSignedIn());
  }, []);
  const signIn = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const key = formText(new FormData(event.currentTarget), 'key');
    setBusy(true);
    setFault(null);
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    }).catch(() => null);
    if (answer?.ok) {
      noteSignedIn(true);
      window.location.assign(next);
      return;
    }
    setFault(explain(answer?.status));
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => void signIn(event)}
      className="mx-auto mt-[12vh] max-w-sm space-y-4 px-4"
    >
      <h1 className="text-2xl font-semibold tracking-tight">{said.title}</h1>
      <p className="text-sm text-muted">{said.intro}</p>
      <Field label={said.key} name="key" type="password" required autoComplete="current-password" />
      {over && !fault ? <Notice look="warn">{said.over}</Notice> : null}
      {fault ? <Notice look="danger">{fault}</Notice> : null}
      <Button type="submit" look="primary" disabled={busy} className="w-full">
        {busy ? said.checking : said.submit}
      </Button>
    </form>
  );
}

function explain(status: number | undefined): string {
  if (status === 429) return said.limited;
  return status === undefined || status >= 500 ? said.away : said.wrong;
}
