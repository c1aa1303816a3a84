'use client';

import { ChevronRight } from 'lucide-react';
import { strings } from '@/strings';
import { Field } from '../field';
import { Select } from '../select';
import type { StartChoices } from './use-start-choices';

const said = strings.start;

/** What most meetings leave as it is. */
export function StartDetails({ choices: { languages, redacts } }: { choices: StartChoices }) {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return (
    <details className="group">
      <summary className="inline-flex min-h-8 list-none items-center gap-1 rounded text-sm font-medium text-muted hover:text-ink">
        <ChevronRight aria-hidden size={15} className="transition-transform group-open:rotate-90" />
        {said.more}
      </summary>
      <div className="mt-2 grid gap-3 sm:grid-cols-[12rem_1fr] sm:items-start">
        <Select
          label={said.language}
          name="language"
          key={languages.join()}
          defaultValue={languages.includes('en') ? 'en' : languages[0]}
          choices={languages.map((language) => [language, names.of(language) ?? language] as const)}
        />
        <Field label={said.words} name="words" hint={said.wordsHint} maxLength={4_000} />
        <label className="inline-flex min-h-8 items-center gap-2 text-sm sm:col-span-2">
          <input
            type="checkbox"
            name="redact"
            key={String(redacts)}
            defaultChecked={redacts}
            disabled={redacts}
            className="size-4 shrink-0 accent-accent"
          />
          <span>
            {said.redact}
            {redacts ? <span className="block text-xs text-muted">{said.redactAlways}</span> : null}
          </span>
        </label>
      </div>
    </details>
  );
}
