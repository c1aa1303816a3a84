import { ParleyProblem, unwrap, type ParleyClient, type UploadedRecording } from '@parley/client';
import { useCallback, useEffect, useState } from 'react';
import { useSaving } from '../use-saving';

const ASK_EVERY_MS = 1_500;
/** What cannot be heard as a file, and a browser may read: a format of its own, a film, an installation without a place. */
const FOR_BROWSERS = new Set<string>([
  'unsupported-audio',
  'payload-too-large',
  'no-place-for-audio',
]);

export interface Uploads {
  items: readonly UploadedRecording[];
  sending: boolean;
  /** Why the file is played by the browser instead. */
  instead: string | null;
  error: unknown;
  /** @returns whether it was taken; else the browser may still play it */
  add: (file: File) => Promise<boolean>;
  stop: (id: string) => Promise<unknown>;
}

/** Recordings that are uploaded to the meeting, and how far each has been heard. */
export function useUploads(client: ParleyClient, meetingId: string): Uploads {
  const sending = useSaving();
  const stopping = useSaving();
  const [items, setItems] = useState<UploadedRecording[]>([]);
  const [instead, setInstead] = useState<string | null>(null);
  const ask = useCallback(async () => {
    const params = { path: { id: meetingId } };
    const found = await unwrap(client.ingestion.GET('/v1/meetings/{id}/recordings', { params }));
    setItems(found.items);
  }, [client, meetingId]);
  // Who reloads the page finds what is being heard. What cannot be asked now is asked again, unless there is nothing to ask.
  const tryToAsk = useCallback(async () => {
    await ask().catch((error: unknown) => {
      if (error instanceof ParleyProblem && error.status === 404) setItems([]);
    });
  }, [ask]);
  const hearing = items.some(({ status }) => status === 'waiting' || status === 'hearing');
  useEffect(() => {
    void tryToAsk();
    const every = hearing ? setInterval(() => void tryToAsk(), ASK_EVERY_MS) : undefined;
    return () => {
      clearInterval(every);
    };
  }, [tryToAsk, hearing]);

  const add = async (file: File): Promise<boolean> => {
    setInstead(null);
    let taken = true;
    await sending.save(async () => {
      try {
        const added = await client.uploadRecording(meetingId, file, file.name);
        setItems((known) => [...known, added]);
      } catch (problem) {
        if (!(problem instanceof ParleyProblem) || !FOR_BROWSERS.has(problem.code ?? ''))
          throw problem;
        setInstead(problem.message);
        taken = false;
      }
    });
    return taken;
  };
  const stop = (recordingId: string): Promise<unknown> =>
    stopping.save(async () => {
      const params = { path: { id: meetingId, recordingId } };
      await unwrap(
        client.ingestion.DELETE('/v1/meetings/{id}/recordings/{recordingId}', { params }),
      );
      await tryToAsk();
    });
  const error = sending.error ?? stopping.error;
  return { items, sending: sending.busy, instead, error, add, stop };
}
