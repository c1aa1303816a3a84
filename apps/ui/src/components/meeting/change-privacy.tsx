'use client';

import { unwrap, type Meeting, type ParleyClient } from '@parley/client';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice, ProblemNotice } from '../notice';
import { PopoverPanel } from '../popover';
import { PrivacyChoice, type PrivacyMode } from '../privacy-choice';
import { useSaving } from '../use-saving';

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
      <PopoverPanel label={said.changeTitle} className="w-96">
        <ChangeForm
          client={client}
          meeting={meeting}
          mode={mode}
          onDone={() => {
            setOpen(false);
          }}
        />
      </PopoverPanel>
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
  const { busy, error, save } = useSaving();
  const refused = mode === 'notes-only' ? { transcript: said.notBack } : {};
  const apply = async (): Promise<void> => {
    const params = { path: { id: meeting.id } };
    const body = { privacyMode: chosen };
    const saved = await save(() =>
      unwrap(client.ingestion.PATCH('/v1/meetings/{id}', { params, body })),
    );
    if (saved) onDone();
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
      <ProblemNotice error={error} />
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
