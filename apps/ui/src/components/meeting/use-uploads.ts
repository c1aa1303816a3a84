import { ParleyProblem, unwrap, type ParleyClient, type UploadedRecording } from '@parley/client';
import { useCallback, useEffect, useState } from 'react';
import { useSaving } from '../use-saving';

const ASK_EVERY_MS = 1_500;
/** A format that only browsers read here, or an installation without a place for files. */
const FOR_BROWSERS = new Set<string>(['unsupported-audio', 'unavailable']);

/** Recordings that are uploaded to the meeting, and how far each has been heard. */
export function useUploads(client: ParleyClient, meetingId: string) {
  const { busy, error, save } = useSaving();
  const [items, setItems] = useState<UploadedRecording[]>([]);
  const ask = useCallback(async () => {
    const params = { path: { id: meetingId } };
    const found = await unwrap(client.ingestion.GET('/v1/meetings/{id}/recordings', { params }));
    setItems(found.items);
  }, [client, meetingId]);
  const hearing = items.some(({ status }) => status === 'waiting' || status === 'hearing');
  useEffect(() => {
    // Who reloads the page finds what is being heard. What cannot be asked now is asked again.
    const tried = (): void => void ask().catch(() => undefined);
    tried();
    const every = hearing ? setInterval(tried, ASK_EVERY_MS) : undefined;
    return () => {
      clearInterval(every);
    };
  }, [ask, hearing]);

  /** @returns false when the file cannot be heard there: then a browser still may */
  const add = async (file: File): Promise<boolean> => {
    let taken = true;
    await save(async () => {
      try {
        const channel = channelFor(items);
        await client.uploadRecording(meetingId, file, file.name, { channel });
        await ask();
      } catch (problem) {
        if (!isForBrowsers(problem)) throw problem;
        taken = false;
      }
    });
    return taken;
  };
  const stop = (recordingId: string) =>
    save(async () => {
      const params = { path: { id: meetingId, recordingId } };
      await unwrap(
        client.ingestion.DELETE('/v1/meetings/{id}/recordings/{recordingId}', { params }),
      );
      await ask();
    });
  return { busy, error, items, add, stop };
}

/** Each is on a channel of its own. */
function channelFor(items: readonly UploadedRecording[]): string {
  const taken = new Set(items.map(({ channel }) => channel));
  let count = 1;
  while (taken.has(name(count))) count += 1;
  return name(count);
}

function name(count: number): string {
  return count === 1 ? 'recording' : `recording-${count}`;
}

function isForBrowsers(problem: unknown): boolean {
  return problem instanceof ParleyProblem && FOR_BROWSERS.has(problem.code ?? '');
}
