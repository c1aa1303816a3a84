'use client';

import type { Meeting, ParleyClient } from '@parley/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Capture, type CaptureSource } from '@/audio/capture';
import { claimMicrophone } from '@/audio/only-tab';
import { CaptureError, type CaptureFault } from '@/audio/capture-error';

/** Who begins to listen later than this says so: what was said before was not heard, and times stay right. */
const LATE_AFTER_MS = 10_000;

interface OffState {
  name: 'off';
  fault?: CaptureFault;
  error?: unknown;
}

export type ListeningState =
  OffState | { name: 'starting' | 'on' | 'stopping'; kind: CaptureSource['kind'] };

export interface Listening {
  state: ListeningState;
  /** From 0 to 1. */
  level: number;
  slow: boolean;
  /** @param own the channel of the one person who is heard; without it the source is one that several may share. */
  start: (source: CaptureSource, own?: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** Sends what this page hears into a meeting. One source at a time, each on a channel of its own. */
export function useListening(client: ParleyClient, meeting: Meeting): Listening {
  const [state, setState] = useState<ListeningState>({ name: 'off' });
  const [level, setLevel] = useState(0);
  const [slow, setSlow] = useState(false);
  const capture = useRef<Capture | null>(null);
  /** A channel of one's own is spoken on again after a pause; one that was ended is not. */
  const isOwn = useRef(false);
  const gone = useRef(false);
  /** Lets another tab of this browser hear the meeting. */
  const letGo = useRef<() => void>(() => undefined);

  const off = useCallback((why: Omit<OffState, 'name'>) => {
    letGo.current();
    setLevel(0);
    setSlow(false);
    setState({ name: 'off', ...why });
  }, []);

  const stop = useCallback(async () => {
    const running = capture.current;
    capture.current = null;
    if (!running) return;
    setState((now) => (now.name === 'off' ? now : { name: 'stopping', kind: now.kind }));
    const error: unknown = await running.stop(isOwn.current).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    off(error === undefined ? {} : { error });
  }, [off]);

  const start = useCallback(
    async (source: CaptureSource, own?: string) => {
      setState({ name: 'starting', kind: source.kind });
      const begin = async () => {
        // Whoever left while the browser asked for the microphone is not listened to any more.
        if (gone.current) throw new LeftError();
        const channel = own ?? `page-${crypto.randomUUID().slice(0, 8)}`;
        const sender = await client.sendAudio(meeting.id, { channel });
        const lateMs = Date.now() - Date.parse(meeting.startedAt) - sender.durableMs;
        if (lateMs > LATE_AFTER_MS) sender.gap(lateMs);
        return sender;
      };
      try {
        // On a channel of one's own the service lets nobody else speak.
        if (source.kind === 'microphone' && own === undefined) {
          letGo.current = await claimMicrophone(meeting.id);
        }
        const started = await Capture.start(source, begin, {
          onLevel: setLevel,
          onSlow: setSlow,
          onEnd: () => void stop(),
          onFailure: (error) => {
            capture.current = null;
            off({ error });
          },
        });
        if (gone.current) {
          await started.stop(own !== undefined);
          letGo.current();
          return;
        }
        capture.current = started;
        isOwn.current = own !== undefined;
        setState({ name: 'on', kind: source.kind });
      } catch (error) {
        off(error instanceof CaptureError ? { fault: error.fault } : { error });
      }
    },
    [client, meeting.id, meeting.startedAt, off, stop],
  );

  // Leaving the page ends the channel properly; what it heard is kept.
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      void capture.current
        ?.stop(isOwn.current)
        .catch(() => undefined)
        .then(() => {
          letGo.current();
        });
    };
  }, []);
  return { state, level, slow, start, stop };
}

/** The person is not there any more; nobody sees it. */
class LeftError extends Error {}
