'use client';

import { unwrap, type Segment } from '@parley/client';
import { useState, type SubmitEvent } from 'react';
import { useSpeakers } from '@/meeting/use-speakers';
import { strings } from '@/strings';
import { Button } from '../button';
import { editorKeys } from '../editor-keys';
import { ProblemNotice } from '../notice';
import { Select } from '../select';
import { useSaving } from '../use-saving';
import type { Correcting } from './correcting';

const said = strings.correction;

interface LineEditorProps {
  line: Segment;
  correcting: Correcting;
  onDone: () => void;
}

/** What was really said in a line, and by whom. */
export function LineEditor({ line, correcting, onDone }: LineEditorProps) {
  const { client, meeting, apply } = correcting;
  const speakers = useSpeakers(client, meeting.id);
  // What the person saw: what others put right meanwhile is not theirs to send back.
  const [seen] = useState(line);
  const [text, setText] = useState(seen.text);
  const [speakerId, setSpeakerId] = useState(seen.speaker?.id ?? '');
  const { busy, error, save } = useSaving();

  const correct = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const body = {
      ...(text.trim() === seen.text ? {} : { text: text.trim() }),
      ...(speakerId === (seen.speaker?.id ?? '') ? {} : { speakerId }),
    };
    if (Object.keys(body).length === 0) {
      onDone();
      return;
    }
    const saved = await save(async () => {
      const params = { path: { id: meeting.id, segmentId: line.id } };
      const data = await unwrap(
        client.asr.PATCH('/v1/meetings/{id}/transcript/{segmentId}', { params, body }),
      );
      const at = new Date().toISOString();
      apply([{ type: 'segment.revised', meetingId: meeting.id, at, data }]);
    });
    if (saved) onDone();
  };

  const unknown = seen.speaker ? [] : ([['', strings.meeting.unknownSpeaker]] as const);
  return (
    <form
      onSubmit={(event) => void correct(event)}
      onKeyDown={editorKeys(onDone)}
      className="my-1 space-y-2 rounded-lg border border-line bg-surface p-3"
    >
      <textarea
        aria-label={said.text}
        value={text}
        autoFocus
        required
        maxLength={5_000}
        rows={Math.min(8, Math.ceil(text.length / 60) || 1)}
        onChange={(event) => {
          setText(event.target.value);
        }}
        className="w-full resize-y rounded-md border border-line bg-ground px-2.5 py-1.5 text-[0.95rem] leading-6"
      />
      <div className="flex flex-wrap items-end gap-2">
        <div className="w-48">
          <Select
            label={said.speaker}
            value={speakerId}
            onChange={(event) => {
              setSpeakerId(event.target.value);
            }}
            choices={[...unknown, ...choicesOf(seen, speakers)]}
          />
        </div>
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? said.saving : said.save}
        </Button>
        <Button disabled={busy} onClick={onDone}>
          {strings.meeting.cancel}
        </Button>
      </div>
      <ProblemNotice error={error} />
    </form>
  );
}

/** Whoever it is said to be is among them from the first moment on. */
function choicesOf(
  { speaker }: Segment,
  speakers: { id: string; name: string }[],
): (readonly [string, string])[] {
  const all = new Map(speakers.map(({ id, name }) => [id, name]));
  if (speaker && !all.has(speaker.id)) all.set(speaker.id, speaker.name);
  return [...all];
}
