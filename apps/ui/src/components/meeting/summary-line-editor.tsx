'use client';

import { ParleyProblem, type Summary } from '@parley/client';
import { useState, type SubmitEvent } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { editorKeys } from '../editor-keys';
import { Field } from '../field';
import { ProblemNotice } from '../notice';
import {
  changedWords,
  findLine,
  isOvertaken,
  wordsOfLine,
  type LineWords,
  type SummaryLine,
} from './line-words';
import { Overtaken } from './overtaken';
import type { SummaryChange, SummaryEditing } from './summary-editing';

const said = strings.summary;
type Wish = 'add' | 'edit' | 'remove';
/** What is left of a line that is taken out. */
const NOTHING: LineWords = { text: '', owner: '', dueDate: '' };

interface EditorProps {
  section: keyof Summary['sections'];
  /** Null: a new one. */
  line: Summary['sections']['tasks'][number] | null;
  editing: SummaryEditing;
  /** Somebody took the line out while it was written. */
  gone?: boolean;
  onDone: () => void;
}

/** What a line of the summary should say; of a task also who does it and until when. */
export function SummaryLineEditor({ section, line, editing, gone = false, onDone }: EditorProps) {
  // What the person saw: what others put right meanwhile is not theirs to send back.
  const [seen, setSeen] = useState(() => wordsOfLine(line));
  const [text, setText] = useState(seen.text);
  const [owner, setOwner] = useState(seen.owner);
  const [dueDate, setDueDate] = useState(seen.dueDate);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [overtaken, setOvertaken] = useState<{ theirs: SummaryLine | null; wants: Wish } | null>(
    null,
  );

  const task = section === 'tasks' ? { owner: owner.trim(), dueDate } : {};
  const now = { text: text.trim(), ...task };
  /** What is sent of a wish; null: there is nothing to change. */
  const changeFor = (wants: Wish, over: LineWords): SummaryChange | null => {
    if (!line || wants === 'add') {
      // Of a line that is added nothing is empty: what nobody said is left out.
      const filled = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== ''));
      return { add: [{ section, text: now.text, ...filled }] };
    }
    if (wants === 'remove') return { remove: [line.id] };
    const changed = changedWords(over, now);
    return Object.keys(changed).length === 0 ? null : { edit: [{ id: line.id, ...changed }] };
  };
  /** Whether what somebody else left of the line is what this person does not know of. */
  const overtakes = (theirs: SummaryLine | null, wants: Wish): boolean => {
    if (!line || wants === 'add') return false;
    if (!theirs) return wants === 'edit';
    const touched = wants === 'remove' ? NOTHING : changedWords(seen, now);
    return isOvertaken(seen, wordsOfLine(theirs), touched);
  };
  const send = async (wants: Wish, over: LineWords): Promise<void> => {
    const change = changeFor(wants, over);
    setOvertaken(null);
    setError(null);
    setBusy(true);
    try {
      if (change)
        await editing.change(change).catch((problem: unknown) => again(problem, wants, change));
      onDone();
    } catch (problem) {
      if (!(problem instanceof OvertakenError)) setError(problem);
      setBusy(false);
    }
  };
  /** Somebody changed the summary. Where they left this line alone, what is wanted is wanted of theirs, too. */
  const again = async (problem: unknown, wants: Wish, change: SummaryChange): Promise<void> => {
    if (!(problem instanceof ParleyProblem) || problem.code !== 'conflict') throw problem;
    const latest = await editing.latest();
    const theirs = line && findLine(latest, line.id);
    if (overtakes(theirs, wants)) {
      setOvertaken({ theirs, wants });
      throw new OvertakenError();
    }
    // Both took it out.
    if (wants === 'remove' && !theirs) return;
    await editing.change(change, latest.version);
  };
  const wish = (wants: Wish): void => {
    if (busy) return;
    // It came with the timeline while this one was written.
    const theirs = gone ? null : line;
    if (overtakes(theirs, wants)) setOvertaken({ theirs, wants });
    else void send(wants, seen);
  };
  const keepMine = (): void => {
    if (!overtaken) return;
    const { theirs, wants } = overtaken;
    const over = wordsOfLine(theirs);
    setSeen(over);
    void send(theirs ? wants : 'add', over);
  };

  return (
    <form
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        wish(line ? 'edit' : 'add');
      }}
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
        {line && !gone ? (
          <Button
            small
            look="danger"
            className="ml-auto"
            disabled={busy}
            onClick={() => {
              wish('remove');
            }}
          >
            {said.remove}
          </Button>
        ) : null}
      </div>
      {overtaken ? (
        <Overtaken
          theirs={overtaken.theirs}
          removes={overtaken.wants === 'remove'}
          busy={busy}
          onKeepTheirs={onDone}
          onKeepMine={keepMine}
        />
      ) : null}
      {error ? <ProblemNotice error={error} /> : null}
    </form>
  );
}

/** It is for the person to decide. */
class OvertakenError extends Error {}
