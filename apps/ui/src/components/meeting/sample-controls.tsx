'use client';

import type { ParleyClient } from '@parley/client';
import { Square, Volume2, VolumeX } from 'lucide-react';
import { muteSample, stopSample, type SampleRun } from '@/meeting/sample-run';
import { strings } from '@/strings';
import { Button } from '../button';
import { ProblemNotice } from '../notice';
import { clock } from '../times';

const said = strings.sample;

/** In place of the microphone while the sample plays; what went wrong when it does not any more. */
export function SampleControls({ client, run }: { client: ParleyClient; run: SampleRun }) {
  const { state, positionMs, lengthMs, muted, error } = run;
  if (state === 'failed') {
    return (
      <div className="px-4 pt-3 sm:px-6">
        <ProblemNotice error={error} />
      </div>
    );
  }
  return (
    <section
      aria-label={strings.listen.listening}
      className="border-b border-line bg-surface px-4 py-2.5 sm:px-6"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button small disabled={state !== 'playing'} onClick={() => void stopSample(client, false)}>
          <Square aria-hidden size={13} fill="currentColor" />
          {said.stop}
        </Button>
        <Button
          small
          look="plain"
          aria-pressed={muted}
          onClick={() => {
            muteSample(!muted);
          }}
        >
          {muted ? <VolumeX aria-hidden size={15} /> : <Volume2 aria-hidden size={15} />}
          {said.mute}
        </Button>
        <progress
          aria-label={said.position}
          value={Math.round(positionMs / 1_000)}
          max={Math.round(lengthMs / 1_000)}
          className="player h-1.5 max-w-64 min-w-24 flex-1"
        />
        <span className="text-sm text-muted tabular-nums">
          {clock(positionMs)} / {clock(lengthMs)}
        </span>
      </div>
    </section>
  );
}
