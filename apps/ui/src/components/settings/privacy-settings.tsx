'use client';

import type { ChangeWorkspace } from '@parley/client';
import { useRef, useState } from 'react';
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
  // What was chosen is shown at once, and what is kept again when that could not be saved.
  const [chosen, setChosen] = useState<ChangeWorkspace>({});
  const waiting = useRef(0);
  const save = async (to: ChangeWorkspace): Promise<void> => {
    waiting.current += 1;
    setChosen((known) => ({ ...known, ...to }));
    await change(to);
    waiting.current -= 1;
    if (waiting.current === 0) setChosen({});
  };
  const shown = workspace && { ...workspace, ...chosen };
  return (
    <>
      <Section title={said.usual} intro={said.usualIntro} action={<Saved state={state} />}>
        <div aria-busy={workspace === null && !error} className="space-y-3">
          {error ? <ProblemNotice error={error} /> : null}
          {workspace && !mayChange ? <Notice>{said.needsAdmin}</Notice> : null}
          {shown ? (
            <fieldset
              disabled={!mayChange}
              className="min-w-0 rounded-xl border border-line bg-surface p-3"
            >
              <PrivacyChoice
                name="usual"
                legend={said.usual}
                legendHidden
                value={shown.privacyMode}
                onChange={(privacyMode) => void save({ privacyMode })}
              />
            </fieldset>
          ) : null}
        </div>
      </Section>
      {shown ? (
        <Section title={said.redaction}>
          <label className="flex items-start gap-2.5 rounded-xl border border-line bg-surface px-4 py-3">
            <input
              type="checkbox"
              checked={shown.redactPersonalData}
              disabled={!mayChange}
              onChange={({ target }) => void save({ redactPersonalData: target.checked })}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="text-sm">
              <span className="font-medium">{said.redact}</span>
              <span className="mt-0.5 block text-xs leading-5 text-muted">{said.redactMeans}</span>
            </span>
          </label>
        </Section>
      ) : null}
    </>
  );
}
