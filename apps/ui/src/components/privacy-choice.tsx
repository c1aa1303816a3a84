'use client';

import type { Meeting } from '@parley/client';
import { strings } from '@/strings';

export type PrivacyMode = Meeting['privacyMode'];

const MODES = ['transcript', 'notes-only', 'off-the-record'] as const;

interface PrivacyChoiceProps {
  name: string;
  /** Null: none is chosen. */
  value: PrivacyMode | null;
  onChange: (mode: PrivacyMode) => void;
  /** The one that is taken when nobody chooses. */
  usual?: PrivacyMode | null;
  /** Those that cannot be chosen, and why. */
  refused?: Partial<Record<PrivacyMode, string>>;
  /** The audio of a transcript is kept, too. */
  keepsAudio?: boolean;
  /** Below one another, where there is little room. */
  narrow?: boolean;
  legend: string;
  /** Only screen readers are told it. */
  legendHidden?: boolean;
}

/** What is kept of a meeting, each with a sentence. */
export function PrivacyChoice(props: PrivacyChoiceProps) {
  const { name, value, onChange, usual, refused = {}, keepsAudio = false, narrow = false } = props;
  const said = strings.start;
  const means = (mode: PrivacyMode): string =>
    mode === 'transcript' && keepsAudio ? said.meansWithAudio : said.modes[mode].means;
  return (
    <fieldset className="min-w-0">
      <legend className={props.legendHidden ? 'sr-only' : 'mb-1.5 text-sm font-medium'}>
        {props.legend}
      </legend>
      <div className={narrow ? 'grid gap-2' : 'grid gap-2 sm:grid-cols-3'}>
        {MODES.map((mode) => (
          <label
            key={mode}
            className="flex cursor-pointer gap-2.5 rounded-lg border border-line bg-ground p-3 has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-not-allowed has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={mode}
              checked={value === mode}
              disabled={refused[mode] !== undefined}
              onChange={() => {
                onChange(mode);
              }}
              className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="flex flex-wrap items-baseline gap-x-2 text-sm font-medium">
                {said.modes[mode].name}
                {usual === mode ? (
                  <span className="text-xs font-normal text-muted">{said.modeOfWorkspace}</span>
                ) : null}
              </span>
              <span className="mt-0.5 block text-xs leading-5 text-muted">
                {refused[mode] ?? means(mode)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
