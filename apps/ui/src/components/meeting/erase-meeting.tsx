'use client';

import { unwrap, type ParleyClient } from '@parley/client';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { Confirm } from '../confirm';

interface EraseMeetingProps {
  client: ParleyClient;
  meetingId: string;
  onProblem: (problem: unknown) => void;
}

/** Erases a meeting that has ended, and leads back to those that are left. */
export function EraseMeeting({ client, meetingId, onProblem }: EraseMeetingProps) {
  const router = useRouter();
  const [erasing, setErasing] = useState(false);
  const erase = async (): Promise<void> => {
    onProblem(null);
    setErasing(true);
    try {
      const params = { path: { id: meetingId } };
      await unwrap(client.ingestion.DELETE('/v1/meetings/{id}', { params }));
      router.push('/');
    } catch (problem) {
      setErasing(false);
      onProblem(problem);
    }
  };
  return (
    <Confirm
      trigger={
        <Button look="plain" disabled={erasing}>
          <Trash2 aria-hidden size={15} />
          {erasing ? strings.meeting.erasing : strings.meeting.erase}
        </Button>
      }
      title={strings.meeting.eraseAsk}
      explanation={strings.meeting.eraseExplain}
      action={strings.meeting.erase}
      onConfirm={() => void erase()}
    />
  );
}
