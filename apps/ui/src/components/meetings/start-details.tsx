'use client';

import { ChevronRight } from 'lucide-react';
import { strings } from '@/strings';
import { Field } from '../field';
import type { PrivacyMode } from '../privacy-choice';
import { Select } from '../select';
import type { StartChoices } from './use-start-choices';

const said = strings.start;

interface StartDetailsProps {
  choices: StartChoices;
  /** Null as long as nobody knows. */
  mode: PrivacyMode | null;
  ticks: StartTicks;
  onTick: (change: Partial<StartTicks>) => void;
}

/** What is ticked, whether it can be had or not. */
export interface StartTicks {
  redact: boolean;
  redactNames: boolean;
  keepAudio: boolean;
}

/** What most meetings leave as it is. */
export function StartDetails({ choices, mode, ticks, onTick }: StartDetailsProps) {
  const { languages, redacts, redactsNames, keepsAudio } = choices;
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const takesOut = redacts || redactsNames || ticks.redact || ticks.redactNames;
  const refusal = takesOut ? 'redacted' : mode === 'notes-only' ? mode : null;
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
        <Tick
          name="redact"
          checked={redacts || ticks.redact}
          disabled={redacts}
          onChange={(redact) => {
            onTick({ redact });
          }}
          label={said.redact}
          hint={redacts ? said.redactAlways : null}
        />
        <Tick
          name="redactNames"
          checked={redactsNames || ticks.redactNames}
          disabled={redactsNames}
          onChange={(redactNames) => {
            onTick({ redactNames });
          }}
          label={said.redactNames}
          hint={redactsNames ? said.redactAlways : said.redactNamesHint}
        />
        {keepsAudio ? (
          <Tick
            name="keepAudio"
            checked={ticks.keepAudio}
            onChange={(keepAudio) => {
              onTick({ keepAudio });
            }}
            disabled={refusal !== null}
            label={said.keepAudio}
            hint={refusal === null ? said.keepAudioHint : said.keepAudioNot[refusal]}
          />
        ) : null}
      </div>
    </details>
  );
}

interface TickProps {
  name: string;
  label: string;
  hint: string | null;
  disabled: boolean;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Tick({ name, label, hint, disabled, checked, onChange }: TickProps) {
  return (
    <label className="inline-flex min-h-8 items-center gap-2 text-sm sm:col-span-2">
      <input
        type="checkbox"
        name={name}
        disabled={disabled}
        className="size-4 shrink-0 accent-accent"
        checked={checked}
        onChange={({ target }) => {
          onChange(target.checked);
        }}
      />
      <span>
        {label}
        {hint ? <span className="block text-xs text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}
