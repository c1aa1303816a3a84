'use client';

import type { Meeting, ParleyClient } from '@parley/client';
import { Square } from 'lucide-react';
import { useCaptionsFile } from './use-captions-file';
import { useListening, type ListeningState } from '@/meeting/use-listening';
import { strings } from '@/strings';
import { Button } from '../button';
import { CaptionsOutcome } from './captions-outcome';
import { LevelMeter } from './level-meter';
import { ListenFaults } from './listen-faults';
import { ListenSources } from './listen-sources';
import { UploadsProgress } from './uploads-progress';
import { useUploads } from './use-uploads';

const said = strings.listen;

/** How this page hears the meeting: a microphone, a shared tab or a file, which may hold captions. */
export function ListenControls({ client, meeting }: { client: ParleyClient; meeting: Meeting }) {
  const { state, level, slow, start, stop } = useListening(client, meeting);
  const captions = useCaptionsFile(client, meeting.id);
  const uploads = useUploads(client, meeting.id);
  // What cannot be heard as a file may still be played by the browser, at the speed of speech.
  const hear = async (file: File): Promise<void> => {
    if (!(await uploads.add(file))) await start({ kind: 'file', file });
  };
  return (
    <section
      aria-label={said.listening}
      className="border-b border-line bg-surface px-4 py-2.5 sm:px-6"
    >
      {state.name === 'off' ? (
        <ListenSources
          participants={meeting.participants}
          onStart={start}
          onCaptions={captions.add}
          onRecording={hear}
        />
      ) : (
        <div className="flex items-center gap-3">
          <Button small disabled={state.name !== 'on'} onClick={() => void stop()}>
            <Square aria-hidden size={13} fill="currentColor" />
            {said.stop}
          </Button>
          <LevelMeter level={level} />
          <span className="text-sm text-muted">{sourceName(state)}</span>
        </div>
      )}
      <ListenFaults state={state} slow={slow} />
      <CaptionsOutcome busy={captions.busy} taken={captions.taken} error={captions.error} />
      <UploadsProgress uploads={uploads} />
    </section>
  );
}

function sourceName(state: ListeningState): string {
  if (state.name === 'off') return '';
  if (state.name === 'starting') return said.starting;
  return { microphone: said.microphone, tab: said.tab, file: said.file }[state.kind];
}
