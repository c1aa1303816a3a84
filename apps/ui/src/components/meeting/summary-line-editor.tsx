'use client';

import type { Summary } from '@parley/client';
import { useState, type SubmitEvent } from 'react';
import { strings } from '@/strings';
import { Button } from '../button';
import { editorKeys } from '../editor-keys';
import { Field } from '../field';
import { ProblemNotice } from '../notice';
import type { SummaryChange } from './change-in-turn';
import { findLine } from './find-line';
import {
  changedWords,
  isOvertaken,
  MOST_CHARACTERS,
  wordsOfLine,
  type LineWords,
  type SummaryLine,
} from './line-words';
import { Overtaken } from './overtaken';
import type { SummaryEditing } from './summary-editing';

const said = strings.summary;
type Wish = 'add' | 'edit' | 'remove';
/** What is left of a line that is taken out. */
const NOTHING: LineWords = { text: '', owner: '', dueDate: '' };

interface EditorProps {
  section: keyof Summary['sections'];
  /** Null: a new one. */
  line: SummaryLine | null;
  /** All of the section, as they are shown. */
  lines: readonly SummaryLine[];
  editing: SummaryEditing;
  /** Somebody took the line out while it was written. */
  gone?: boolean;
  onDone: () => void;
}

/** What a line of the summary should say; of a task also who does it and until when. */
export function SummaryLineEditor(props: EditorProps) {
  const { section, line, lines, editing, gone = false, onDone } = props;
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
  /** What is sent of a wish; null: there is nothing to change. @throws OvertakenError where somebody was quicker. */
  const changeFor = (wants: Wish, over: LineWords, { sections }: Summary): SummaryChange | null => {
    if (!line || wants === 'add') {
      // Of a line that is added nothing is empty: what nobody said is left out.
      const filled = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== ''));
      return { add: [{ section, text: now.text, ...filled }] };
    }
    const theirs = findLine(line, sections[section], lines);
    if (!theirs) {
      if (wants === 'edit') throw new OvertakenError(null);
      // Both took it out.
      return null;
    }
    const changed = wants === 'remove' ? NOTHING : changedWords(over, now);
    if (isOvertaken(over, wordsOfLine(theirs), changed)) throw new OvertakenError(theirs);
    if (wants === 'remove') return { remove: [theirs.id] };
    return Object.keys(changed).length === 0 ? null : { edit: [{ id: theirs.id, ...changed }] };
  };
  const send = async (wants: Wish, over: LineWords): Promise<void> => {
    setOvertaken(null);
    setError(null);
    setBusy(true);
    try {
      await editing.change((latest) => changeFor(wants, over, latest));
      onDone();
    } catch (problem) {
      if (problem instanceof OvertakenError) setOvertaken({ theirs: problem.theirs, wants });
      else setError(problem);
      setBusy(false);
    }
  };
  const wish = (wants: Wish): void => {
    if (!busy) void send(wants, seen);
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
        maxLength={MOST_CHARACTERS}
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
      <ProblemNotice error={error} />
    </form>
  );
}

/** It is for the person to decide. */
class OvertakenError extends Error {
  constructor(
    /** Null: it was taken out. */
    readonly theirs: SummaryLine | null,
  ) {
    super('Somebody else was quicker.');
  }
}
