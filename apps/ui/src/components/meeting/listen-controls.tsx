'use client';

import type { Meeting, ParleyClient } from '@parley/client';
import { FileAudio, Mic, MonitorSpeaker, Square } from 'lucide-react';
import { useRef, useState } from 'react';
import { useListening, type ListeningState } from '@/meeting/use-listening';
import { useMicrophones } from '@/meeting/use-microphones';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice, ProblemNotice } from '../notice';

const said = strings.listen;

/** How this page hears the meeting: a microphone, a shared tab or a file. */
export function ListenControls({ client, meeting }: { client: ParleyClient; meeting: Meeting }) {
  const { state, level, slow, start, stop } = useListening(client, meeting);
  const microphones = useMicrophones();
  const [deviceId, setDeviceId] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const idle = state.name === 'off';
  return (
    <section
      aria-label={said.listening}
      className="border-b border-line bg-surface px-4 py-2.5 sm:px-6"
    >
      {idle ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            look="primary"
            small
            onClick={() => void start({ kind: 'microphone', ...(deviceId ? { deviceId } : {}) })}
          >
            <Mic aria-hidden size={15} />
            {said.microphone}
          </Button>
          {microphones.length > 1 ? (
            <select
              aria-label={said.device}
              value={deviceId}
              onChange={(event) => {
                setDeviceId(event.target.value);
              }}
              className="min-h-8 max-w-56 rounded-md border border-line bg-ground px-2 text-sm"
            >
              <option value="">{said.anyDevice}</option>
              {microphones.map((device, index) => (
                <option key={device.deviceId} value={device.deviceId}>
                  {device.label || `${said.microphone} ${index + 1}`}
                </option>
              ))}
            </select>
          ) : null}
          <Button small onClick={() => void start({ kind: 'tab' })}>
            <MonitorSpeaker aria-hidden size={15} />
            {said.tab}
          </Button>
          <Button small onClick={() => file.current?.click()}>
            <FileAudio aria-hidden size={15} />
            {said.file}
          </Button>
          <input
            ref={file}
            type="file"
            accept="audio/*,video/*"
            aria-label={said.file}
            className="hidden"
            onChange={(event) => {
              const [chosen] = event.target.files ?? [];
              if (chosen) void start({ kind: 'file', file: chosen });
              event.target.value = '';
            }}
          />
        </div>
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
      <Faults state={state} slow={slow} />
    </section>
  );
}

function sourceName(state: ListeningState): string {
  if (state.name === 'off') return '';
  return { microphone: said.microphone, tab: said.tab, file: said.file }[state.kind];
}

function Faults({ state, slow }: { state: ListeningState; slow: boolean }) {
  if (state.name === 'off' && state.fault) {
    return (
      <div className="mt-2">
        <Notice look="danger">{said[state.fault]}</Notice>
      </div>
    );
  }
  if (state.name === 'off' && state.error) {
    return (
      <div className="mt-2">
        <ProblemNotice error={state.error} />
      </div>
    );
  }
  return slow ? (
    <div className="mt-2">
      <Notice look="warn">{said.sending}</Notice>
    </div>
  ) : null;
}

const BARS = 12;

/** Loudness on the ear's scale: each bar is 4 dB. */
function LevelMeter({ level }: { level: number }) {
  const decibels = 20 * Math.log10(Math.max(level, 1e-4));
  const lit = Math.round(Math.max(0, Math.min(1, 1 + decibels / 48)) * BARS);
  return (
    <span
      role="meter"
      aria-label={said.level}
      aria-valuemin={0}
      aria-valuemax={BARS}
      aria-valuenow={lit}
      className="flex h-4 items-end gap-0.5"
    >
      {Array.from({ length: BARS }, (_, bar) => (
        <span
          key={bar}
          className="h-full w-1 rounded-sm"
          style={{ background: bar < lit ? 'var(--accent)' : 'var(--line)' }}
        />
      ))}
    </span>
  );
}
