'use client';

import { ParleyProblem, unwrap, type Meeting, type ParleyClient } from '@parley/client';
import { EyeOff, Radio } from 'lucide-react';
import { strings } from '@/strings';
import { Button } from '../button';
import type { Saving } from '../use-saving';

interface RecordSwitchProps {
  client: ParleyClient;
  meetingId: string;
  mode: Meeting['privacyMode'];
  /** Of who shows what went wrong. */
  saving: Pick<Saving, 'busy' | 'save'>;
}

/** Goes off the record and back. What is said in between is withheld from everybody, this page included. */
export function RecordSwitch({ client, meetingId, mode, saving }: RecordSwitchProps) {
  const { busy, save } = saving;
  const off = mode === 'off-the-record';
  const switchTo = (privacyMode: Meeting['privacyMode']): Promise<Meeting> =>
    unwrap(
      client.ingestion.PATCH('/v1/meetings/{id}', {
        params: { path: { id: meetingId } },
        body: { privacyMode },
      }),
    );
  /** A meeting that was notes-only goes back to that: its words cannot be kept any more. */
  const goOnTheRecord = (): Promise<Meeting> =>
    switchTo('transcript').catch((error: unknown) => {
      if (error instanceof ParleyProblem && error.code === 'conflict')
        return switchTo('notes-only');
      throw error;
    });
  // What the page shows is what the timeline says, once the switch has taken effect.
  const change = (): Promise<boolean> =>
    save(() => (off ? goOnTheRecord() : switchTo('off-the-record')));
  return (
    <Button small disabled={busy} aria-pressed={off} onClick={() => void change()}>
      {off ? <Radio aria-hidden size={15} /> : <EyeOff aria-hidden size={15} />}
      {off ? strings.meeting.goOnTheRecord : strings.meeting.goOffTheRecord}
    </Button>
  );
}
