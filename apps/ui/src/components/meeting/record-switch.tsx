'use client';

import { unwrap, type Meeting, type ParleyClient } from '@parley/client';
import { EyeOff, Radio } from 'lucide-react';
import { useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';

interface RecordSwitchProps {
  client: ParleyClient;
  meetingId: string;
  mode: Meeting['privacyMode'];
  onProblem: (error: unknown) => void;
}

/** Goes off the record and back. What is said in between is withheld from everybody, this page included. */
export function RecordSwitch({ client, meetingId, mode, onProblem }: RecordSwitchProps) {
  const [busy, setBusy] = useState(false);
  const off = mode === 'off-the-record';
  const change = async (): Promise<void> => {
    setBusy(true);
    onProblem(null);
    const params = { path: { id: meetingId } };
    const body = { privacyMode: off ? ('transcript' as const) : ('off-the-record' as const) };
    // What the page shows is what the timeline says, once the switch has taken effect.
    await unwrap(client.ingestion.PATCH('/v1/meetings/{id}', { params, body })).catch(onProblem);
    setBusy(false);
  };
  return (
    <Button disabled={busy} aria-pressed={off} onClick={() => void change()}>
      {off ? <Radio aria-hidden size={15} /> : <EyeOff aria-hidden size={15} />}
      {off ? strings.meeting.goOnTheRecord : strings.meeting.goOffTheRecord}
    </Button>
  );
}
