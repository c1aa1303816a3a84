import { unwrap, type CaptionsTaken, type ParleyClient } from '@parley/client';
import { useState } from 'react';
import { useSaving } from '../use-saving';

const CAPTIONS = /\.(vtt|srt)$/i;

/** Whether a file holds what was said as text; else it is to be heard. */
export function isCaptionsFile({ name }: File): boolean {
  return CAPTIONS.test(name);
}

/** A file of captions on its way into the meeting, and what became of it. */
export function useCaptionsFile(client: ParleyClient, meetingId: string) {
  const { busy, error, save } = useSaving();
  const [taken, setTaken] = useState<CaptionsTaken | null>(null);
  const add = async (file: File): Promise<void> => {
    setTaken(null);
    await save(async () => {
      const text = await file.text();
      const params = { path: { id: meetingId } };
      const body = { text };
      setTaken(await unwrap(client.ingestion.POST('/v1/meetings/{id}/captions', { params, body })));
    });
  };
  return { busy, error, taken, add };
}
