'use client';

import type { Summary } from '@parley/client';
import { useState, type SubmitEvent } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { editorKeys } from '../editor-keys';
import { Field } from '../field';
import { ProblemNotice } from '../notice';
import type { SummaryChange, SummaryEditing } from './summary-editing';

const said = strings.summary;

interface EditorProps {
  section: keyof Summary['sections'];
  /** Null: a new one. */
  line: Summary['sections']['tasks'][number] | null;
  editing: SummaryEditing;
  onDone: () => void;
}

/** What a line of the summary should say; of a task also who does it and until when. */
export function SummaryLineEditor({ section, line, editing, onDone }: EditorProps) {
  // What the person saw: what others put right meanwhile is not theirs to send back.
  const [seen] = useState({
    text: line?.text ?? '',
    owner: line?.owner ?? '',
    dueDate: line?.dueDate ?? '',
  });
  const [text, setText] = useState(seen.text);
  const [owner, setOwner] = useState(seen.owner);
  const [dueDate, setDueDate] = useState(seen.dueDate);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send = async (change: SummaryChange): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await editing.change(change);
      onDone();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const save = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (busy) return;
    const task = section === 'tasks' ? { owner: owner.trim(), dueDate } : {};
    const now = { text: text.trim(), ...task };
    if (!line) {
      // Of a line that is added nothing is empty: what nobody said is left out.
      const filled = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== ''));
      void send({ add: [{ section, text: now.text, ...filled }] });
      return;
    }
    const changed = Object.fromEntries(
      Object.entries(now).filter(([name, value]) => value !== seen[name as keyof typeof seen]),
    );
    if (Object.keys(changed).length === 0) onDone();
    else void send({ edit: [{ id: line.id, ...changed }] });
  };

  return (
    <form
      onSubmit={save}
      onKeyDown={editorKeys(onDone)}
      className="my-1 space-y-2 rounded-lg border border-line bg-surface p-3"
    >
      <textarea
        aria-label={`${said.text}: ${said.sections[section]}`}
        value={text}
        autoFocus
        required
        maxLength={400}
        rows={Math.min(6, Math.ceil(text.length / 45) || 1)}
        onChange={(event) => {
          setText(event.target.value);
        }}
        className="w-full resize-y rounded-md border border-line bg-ground px-2.5 py-1.5 text-sm leading-6"
      />
      {section === 'tasks' ? (
        <div className="grid grid-cols-2 gap-2">
          <Field
            label={said.owner}
            value={owner}
            maxLength={100}
            onChange={(event) => {
              setOwner(event.target.value);
            }}
          />
          <Field
            label={said.dueDate}
            type="date"
            value={dueDate}
            onChange={(event) => {
              setDueDate(event.target.value);
            }}
          />
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button small type="submit" look="primary" disabled={busy}>
          {busy ? said.saving : said.save}
        </Button>
        <Button small disabled={busy} onClick={onDone}>
          {strings.meeting.cancel}
        </Button>
        {line ? (
          <Button
            small
            look="danger"
            className="ml-auto"
            disabled={busy}
            onClick={() => void send({ remove: [line.id] })}
          >
            {said.remove}
          </Button>
        ) : null}
      </div>
      {error ? <ProblemNotice error={error} /> : null}
    </form>
  );
}
