'use client';

import { strings } from '@/strings';
import { Notice, ProblemNotice } from '../notice';
import { PrivacyChoice } from '../privacy-choice';
import { RetentionTable } from './retention-table';
import { Saved, Section } from './section';
import { useWorkspace } from './use-workspace';
import { Needs } from './visitor';

const said = strings.settings.privacy;

export function PrivacySettings() {
  return (
    <Needs scope="read">
      <WorkspacePrivacy />
      <RetentionTable />
    </Needs>
  );
}

function WorkspacePrivacy() {
  const { workspace, mayChange, error, state, change } = useWorkspace();
  return (
    <>
      <Section title={said.usual} intro={said.usualIntro} action={<Saved state={state} />}>
        <div aria-busy={workspace === null && !error} className="space-y-3">
          <ProblemNotice error={error} />
          {workspace && !mayChange ? <Notice>{said.needsAdmin}</Notice> : null}
          {workspace ? (
            <fieldset
              disabled={!mayChange}
              className="min-w-0 rounded-xl border border-line bg-surface p-3"
            >
              <PrivacyChoice
                name="usual"
                legend={said.usual}
                legendHidden
                value={workspace.privacyMode}
                onChange={(privacyMode) => void change({ privacyMode })}
              />
            </fieldset>
          ) : null}
        </div>
      </Section>
      {workspace ? (
        <Section title={said.redaction}>
          <div className="space-y-3">
            <Redacts
              label={said.redact}
              means={said.redactMeans}
              checked={workspace.redactPersonalData}
              disabled={!mayChange}
              onChange={(redactPersonalData) => void change({ redactPersonalData })}
            />
            <Redacts
              label={said.redactNames}
              means={said.redactNamesMeans}
              checked={workspace.redactNames}
              disabled={!mayChange}
              onChange={(redactNames) => void change({ redactNames })}
            />
          </div>
        </Section>
      ) : null}
    </>
  );
}

interface RedactsProps {
  label: string;
  means: string;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
}

function Redacts({ label, means, checked, disabled, onChange }: RedactsProps) {
  return (
    <label className="flex items-start gap-2.5 rounded-xl border border-line bg-surface px-4 py-3">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => {
          onChange(target.checked);
        }}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="text-sm">
        <span className="font-medium">{label}</span>
        <span className="mt-0.5 block text-xs leading-5 text-muted">{means}</span>
      </span>
    </label>
  );
}
