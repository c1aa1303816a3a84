'use client';

import { strings } from '@/strings';
import { Notice, ProblemNotice } from '../notice';
import { WordList } from '../word-list';
import { Saved, Section } from './section';
import { useWorkspace } from './use-workspace';
import { Needs } from './visitor';

const said = strings.settings.vocabulary;
/** What the service takes at most. */
const MOST = 200;

export function VocabularySettings() {
  return (
    <Needs scope="read">
      <WorkspaceWords />
    </Needs>
  );
}

/** What all meetings of the workspace expect to hear. */
function WorkspaceWords() {
  const { workspace, mayChange, error, state, change } = useWorkspace();
  return (
    <Section title={said.title} intro={said.intro} action={<Saved state={state} />}>
      <div aria-busy={workspace === null && !error} className="space-y-3">
        {error ? <ProblemNotice error={error} /> : null}
        {workspace && !mayChange ? <Notice>{strings.settings.privacy.needsAdmin}</Notice> : null}
        {workspace ? (
          <WordList
            words={workspace.vocabulary}
            most={MOST}
            fixed={!mayChange}
            onChange={(vocabulary) => change({ vocabulary })}
          />
        ) : null}
        <p className="max-w-prose text-xs leading-5 text-muted">{said.heard}</p>
      </div>
    </Section>
  );
}
