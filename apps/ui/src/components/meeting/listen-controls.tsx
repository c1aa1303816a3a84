'use client';

import type { Meeting, ParleyClient } from '@parley/client';
import { Square } from 'lucide-react';
import { useListening, type ListeningState } from '@/meeting/use-listening';
import { strings } from '@/strings';
import { Button } from '../button';
import { LevelMeter } from './level-meter';
import { ListenFaults } from './listen-faults';
import { ListenSources } from './listen-sources';

const said = strings.listen;

/** How this page hears the meeting: a microphone, a shared tab or a file. */
export function ListenControls({ client, meeting }: { client: ParleyClient; meeting: Meeting }) {
  const { state, level, slow, start, stop } = useListening(client, meeting);
  return (
    <section
      aria-label={said.listening}
      className="border-b border-line bg-surface px-4 py-2.5 sm:px-6"
    >
      {state.name === 'off' ? (
        <ListenSources participants={meeting.participants} onStart={start} />
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
    </section>
  );
}

function sourceName(state: ListeningState): string {
  if (state.name === 'off') return '';
  if (state.name === 'starting') return said.starting;
  return { microphone: said.microphone, tab: said.tab, file: said.file }[state.kind];
}
