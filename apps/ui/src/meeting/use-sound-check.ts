'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { CaptureError, type CaptureFault } from '@/audio/capture-error';
import { openMicrophone } from '@/audio/microphone';

const LOOK_EVERY_MS = 100;

export interface SoundCheck {
  /** From 0 to 1; null while nothing is checked. */
  level: number | null;
  /** Something was loud enough to be speech since it began. */
  heard: boolean;
  fault: CaptureFault | null;
  begin: (deviceId: string) => Promise<void>;
  end: () => void;
}

/** Louder than the noise of a quiet room. */
const SPEECH_PEAK = 0.03;

/** Hears a microphone without sending anything, to see that it works before it counts. */
export function useSoundCheck(): SoundCheck {
  const [level, setLevel] = useState<number | null>(null);
  const [heard, setHeard] = useState(false);
  const [fault, setFault] = useState<CaptureFault | null>(null);
  const release = useRef<() => void>(() => undefined);
  const turn = useRef(0);

  const end = useCallback(() => {
    turn.current += 1;
    release.current();
    release.current = () => undefined;
    setLevel(null);
  }, []);
  const begin = useCallback(
    async (deviceId: string) => {
      end();
      const mine = turn.current;
      setFault(null);
      setHeard(false);
      try {
        const stream = await openMicrophone(deviceId || undefined);
        const stop = hear(stream, (peak) => {
          setLevel(peak);
          if (peak > SPEECH_PEAK) setHeard(true);
        });
        // Whoever changed their mind while the browser asked is not heard.
        if (mine === turn.current) release.current = stop;
        else stop();
      } catch (error) {
        if (mine === turn.current) {
          setFault(error instanceof CaptureError ? error.fault : 'unsupported');
        }
      }
    },
    [end],
  );
  useEffect(() => end, [end]);
  return { level, heard, fault, begin, end };
}

/** @returns the call that lets go of the microphone */
function hear(stream: MediaStream, onPeak: (peak: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onPeak(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
}
