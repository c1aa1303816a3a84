'use client';

import { useEffect, useState, type SubmitEvent } from 'react';
import { noteSignedIn, wasSignedIn } from '@/signed-in';
import { strings } from '@/strings';
import { Button, buttonLook } from './button';
import { Field } from './field';
import { formText } from './form-text';
import { Notice } from './notice';

const said = strings.signIn;

interface SignInFormProps {
  next: string;
  /** Through whom one may sign in besides with a key. */
  offer: { name: string; url: string } | null;
  /** The code of what went wrong on the way through them. */
  fault: string | null;
}

export function SignInForm({ next, offer, fault: code }: SignInFormProps) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState(code === null ? null : explainCode(code));
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
      <p className="text-sm text-muted">{offer ? said.introOffer : said.intro}</p>
      {over && !fault ? <Notice look="warn">{said.over}</Notice> : null}
      {fault ? <Notice look="danger">{fault}</Notice> : null}
      {offer ? (
        <>
          <a href={offer.url} className={buttonLook({ look: 'primary', className: 'w-full' })}>
            {said.through} {offer.name}
          </a>
          <p className="flex items-center gap-3 text-sm text-muted before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
            {said.orKey}
          </p>
        </>
      ) : null}
      <Field label={said.key} name="key" type="password" required autoComplete="current-password" />
      <Button type="submit" look={offer ? 'quiet' : 'primary'} disabled={busy} className="w-full">
        {busy ? said.checking : said.submit}
      </Button>
    </form>
  );
}

function explainCode(code: string): string {
  const known: Record<string, string> = said.faults;
  return (Object.hasOwn(known, code) ? known[code] : undefined) ?? said.faults.unavailable;
}

function explain(status: number | undefined): string {
  if (status === 429) return said.limited;
  return status === undefined || status >= 500 ? said.away : said.wrong;
}
