'use client';

import { unwrap, type Meeting, type ParleyClient } from '@parley/client';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice, ProblemNotice } from '../notice';
import { PrivacyChoice, type PrivacyMode } from '../privacy-choice';

const said = strings.privacy;

interface ChangePrivacyProps {
  client: ParleyClient;
  meeting: Meeting;
  mode: PrivacyMode;
}

/** Another privacy mode from now on, with what that means before it is done. */
export function ChangePrivacy({ client, meeting, mode }: ChangePrivacyProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button small look="plain" className="text-inherit">
          {said.change}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={said.changeTitle}
          className="z-40 w-96 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-surface p-4 text-ink shadow-xl outline-none"
        >
          <ChangeForm
            client={client}
            meeting={meeting}
            mode={mode}
            onDone={() => {
              setOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ChangeForm({
  client,
  meeting,
  mode,
  onDone,
}: ChangePrivacyProps & { onDone: () => void }) {
  const [chosen, setChosen] = useState(mode);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = mode === 'notes-only' ? { transcript: said.notBack } : {};
  const apply = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id: meeting.id } };
      const body = { privacyMode: chosen };
      await unwrap(client.ingestion.PATCH('/v1/meetings/{id}', { params, body }));
      onDone();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <PrivacyChoice
        name="mode"
        legend={said.changeTitle}
        value={chosen}
        onChange={setChosen}
        refused={refused}
        keepsAudio={meeting.keepAudio}
        narrow
      />
      <p className="text-xs text-muted">{said.changeHint}</p>
      {chosen === 'notes-only' && mode !== 'notes-only' ? (
        <Notice look="warn">{said.notesForGood}</Notice>
      ) : null}
      {error ? <ProblemNotice error={error} /> : null}
      <div className="flex justify-end gap-2">
        <Button small onClick={onDone}>
          {strings.meeting.cancel}
        </Button>
        <Button small type="submit" look="primary" disabled={busy || chosen === mode}>
          {busy ? said.applying : said.apply}
        </Button>
      </div>
    </form>
  );
}
