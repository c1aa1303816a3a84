'use client';

import { unwrap, type Speaker } from '@parley/client';
import { Popover } from 'radix-ui';
import { useId, useState, type SubmitEvent } from 'react';
import { useSpeakers } from '@/meeting/use-speakers';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { ProblemNotice } from '../notice';
import { PopoverPanel } from '../popover';
import { Select } from '../select';
import { useSaving } from '../use-saving';
import type { Correcting } from './correcting';

const said = strings.speakers;

interface SpeakerNameProps {
  speaker: Speaker;
  color: string;
  correcting: Correcting;
  reachable: boolean;
}

/** Who says it, and the way to say who that really is. */
export function SpeakerName({ speaker, color, correcting, reachable }: SpeakerNameProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          data-line-button="name"
          tabIndex={reachable ? 0 : -1}
          title={said.change}
          className="-mx-1 block rounded px-1 text-left text-sm leading-6 font-semibold hover:bg-sunken"
          style={{ color }}
        >
          {speaker.name}
        </button>
      </Popover.Trigger>
      <PopoverPanel label={`${said.who} ${speaker.name}?`} align="start" className="w-80">
        <SpeakerForm
          speaker={speaker}
          correcting={correcting}
          onDone={() => {
            setOpen(false);
          }}
        />
      </PopoverPanel>
    </Popover.Root>
  );
}

interface SpeakerFormProps {
  speaker: Speaker;
  correcting: Correcting;
  onDone: () => void;
}

/** A name for this voice, or another voice of the meeting that is the same person. */
function SpeakerForm({
  speaker,
  correcting: { client, meeting, respeak },
  onDone,
}: SpeakerFormProps) {
  const names = useId();
  const others = useSpeakers(client, meeting.id).filter(({ id }) => id !== speaker.id);
  const [into, setInto] = useState('');
  const { busy, error, save } = useSaving();
  const path = { id: meeting.id, speakerId: speaker.id };

  const correct = async (work: () => Promise<Speaker>): Promise<void> => {
    const saved = await save(async () => {
      respeak(speaker.id, await work());
    });
    if (saved) onDone();
  };
  const rename = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = formText(new FormData(event.currentTarget), 'name');
    if (name === '') return;
    const known = meeting.participants.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const body = { name, ...(known ? { participantId: known.id } : {}) };
    void correct(() =>
      unwrap(
        client.asr.PATCH('/v1/meetings/{id}/speakers/{speakerId}', { params: { path }, body }),
      ),
    );
  };
  const merge = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void correct(() =>
      unwrap(
        client.asr.POST('/v1/meetings/{id}/speakers/{speakerId}/merge', {
          params: { path },
          body: { into },
        }),
      ),
    );
  };

  return (
    <div className="space-y-4">
      <form onSubmit={rename} className="space-y-2">
        <Field
          label={said.name}
          name="name"
          defaultValue={speaker.name}
          maxLength={120}
          autoComplete="off"
          list={names}
          hint={said.nameHint}
        />
        <datalist id={names}>
          {meeting.participants.map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
        </datalist>
        <Button type="submit" look="primary" small disabled={busy}>
          {said.rename}
        </Button>
      </form>
      {others.length > 0 ? (
        <form onSubmit={merge} className="space-y-2 border-t border-line pt-3">
          <Select
            label={said.sameAs}
            value={into}
            onChange={(event) => {
              setInto(event.target.value);
            }}
            choices={[['', said.nobody], ...others.map(({ id, name }) => [id, name] as const)]}
          />
          <Button type="submit" small disabled={busy || into === ''}>
            {said.merge}
          </Button>
        </form>
      ) : null}
      <ProblemNotice error={error} />
    </div>
  );
}
