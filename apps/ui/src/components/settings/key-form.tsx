'use client';

import { unwrap, type IssuedKey, type Scope } from '@parley/client';
import type { SubmitEvent } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { ProblemNotice } from '../notice';
import { Select } from '../select';
import { useSaving } from '../use-saving';
import { useVisitor } from './visitor';

const said = strings.settings.keys;
const DAY_MS = 86_400_000;
/** What somebody who takes part in meetings needs. */
const USUAL: Scope[] = ['read', 'capture', 'approve'];

/** Makes a key that may no more than the visitor's own. */
export function KeyForm({ onIssued }: { onIssued: (key: IssuedKey) => void }) {
  const visitor = useVisitor();
  const { busy, error, save } = useSaving();

  const make = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const days = Number(data.get('days'));
    await save(async () => {
      const body = {
        name: formText(data, 'key-name'),
        scopes: data.getAll('scope').map(String) as Scope[],
        ...(days > 0 ? { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() } : {}),
      };
      onIssued(await unwrap(pageClient().ingestion.POST('/v1/keys', { body })));
      form.reset();
    });
  };

  return (
    <form
      onSubmit={(event) => void make(event)}
      className="space-y-4 rounded-xl border border-line bg-surface p-4 sm:p-5"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={said.name} name="key-name" required maxLength={80} autoComplete="off" />
        <Select
          label={said.expires}
          name="days"
          defaultValue="90"
          choices={Object.entries(said.lifetimes)}
        />
      </div>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{said.may}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {(visitor?.scopes ?? []).map((scope) => (
            <label key={scope} className="inline-flex min-h-8 items-center gap-2 text-sm">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                defaultChecked={USUAL.includes(scope)}
                className="size-4 accent-accent"
              />
              {strings.settings.scopes[scope]}
            </label>
          ))}
        </div>
      </fieldset>
      <Button type="submit" look="primary" disabled={busy}>
        {busy ? said.creating : said.create}
      </Button>
      <ProblemNotice error={error} />
    </form>
  );
}
