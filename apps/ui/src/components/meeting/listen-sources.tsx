'use client';

import type { Participant } from '@parley/client';
import { AudioLines, FileAudio, Mic, MonitorSpeaker } from 'lucide-react';
import { useRef, useState } from 'react';
import type { CaptureSource } from '@/audio/capture';
import { isCaptionsFile } from './use-captions-file';
import { useMicrophones } from '@/meeting/use-microphones';
import { useSoundCheck } from '@/meeting/use-sound-check';
import { strings } from '@/strings';
import { Button } from '../button';
import { Notice } from '../notice';
import { LevelMeter } from './level-meter';

const said = strings.listen;
const SELECT = 'min-h-8 max-w-56 rounded-md border border-line bg-ground px-2 text-sm';

interface ListenSourcesProps {
  participants: readonly Participant[];
  /** @param own the channel of the person whose microphone it is */
  onStart: (source: CaptureSource, own?: string) => Promise<void>;
  onCaptions: (file: File) => Promise<void>;
  onRecording: (file: File) => Promise<void>;
}

/** What can be listened to, and a check of the microphone before it counts. */
export function ListenSources({
  participants,
  onStart,
  onCaptions,
  onRecording,
}: ListenSourcesProps) {
  const check = useSoundCheck();
  const checking = check.level !== null;
  const microphones = useMicrophones(checking);
  const [deviceId, setDeviceId] = useState('');
  const [own, setOwn] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const owners = participants.filter(({ channel }) => channel !== undefined);
  const start = (source: CaptureSource): void => {
    check.end();
    void onStart(source, source.kind === 'microphone' && own ? own : undefined);
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          small
          onClick={() => {
            start({ kind: 'microphone', ...(deviceId ? { deviceId } : {}) });
          }}
        >
          <Mic aria-hidden size={15} />
          {said.microphone}
        </Button>
        {microphones.length > 1 ? (
          <select
            aria-label={said.device}
            value={deviceId}
            onChange={({ target }) => {
              setDeviceId(target.value);
              if (checking) void check.begin(target.value);
            }}
            className={SELECT}
          >
            <option value="">{said.anyDevice}</option>
            {microphones.map((device, index) => (
              <option key={device.deviceId} value={device.deviceId}>
                {device.label || `${said.microphone} ${index + 1}`}
              </option>
            ))}
          </select>
        ) : null}
        {owners.length > 0 ? (
          <select
            aria-label={said.whose}
            value={own}
            onChange={({ target }) => {
              setOwn(target.value);
            }}
            className={SELECT}
          >
            <option value="">{said.shared}</option>
            {owners.map(({ id, name, channel }) => (
              <option key={id} value={channel}>
                {name}
              </option>
            ))}
          </select>
        ) : null}
        <Button
          small
          aria-pressed={checking}
          onClick={() => {
            if (checking) check.end();
            else void check.begin(deviceId);
          }}
        >
          <AudioLines aria-hidden size={15} />
          {checking ? said.checkStop : said.check}
        </Button>
        <span aria-hidden className="mx-1 h-5 w-px bg-line max-sm:hidden" />
        <Button
          small
          onClick={() => {
            start({ kind: 'tab' });
          }}
        >
          <MonitorSpeaker aria-hidden size={15} />
          {said.tab}
        </Button>
        <Button small title={said.fileHint} onClick={() => file.current?.click()}>
          <FileAudio aria-hidden size={15} />
          {said.file}
        </Button>
        <input
          ref={file}
          type="file"
          accept="audio/*,video/*,.vtt,.srt"
          aria-label={said.file}
          className="hidden"
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen && isCaptionsFile(chosen)) void onCaptions(chosen);
            else if (chosen) {
              check.end();
              void onRecording(chosen);
            }
            target.value = '';
          }}
        />
      </div>
      {check.level === null ? null : (
        <div className="mt-2 flex items-center gap-3 text-sm text-muted">
          <LevelMeter level={check.level} />
          <span role="status">{check.heard ? said.checking : said.quiet}</span>
        </div>
      )}
      {check.fault ? (
        <div className="mt-2">
          <Notice look="danger">{said[check.fault]}</Notice>
        </div>
      ) : null}
    </>
  );
}
