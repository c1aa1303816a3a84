'use client';

import { X } from 'lucide-react';
import { useState, type SubmitEvent } from 'react';
import { strings } from '@/strings';
import { Button } from './button';
import { Field } from './field';
import { Notice } from './notice';
import { namesIn } from './names-in';

const said = strings.settings.vocabulary;
const LONGEST = 80;

interface WordListProps {
  words: readonly string[];
  /** How many there may be. */
  most: number;
  /** @returns whether they are kept */
  onChange: (words: string[]) => Promise<boolean>;
  /** They are shown, and cannot be changed. */
  fixed?: boolean;
}

/** Words to expect: each can be taken out, and more can be added as long as there is room. */
export function WordList({ words, most, onChange, fixed = false }: WordListProps) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const known = new Set(words.map((word) => word.toLowerCase()));
  const added = namesIn(typed).filter((word) => !known.has(word.toLowerCase()));
  const fault =
    words.length + added.length > most
      ? said.tooMany
      : added.some((word) => word.length > LONGEST)
        ? said.tooLong
        : null;
  const keep = async (next: string[]): Promise<boolean> => {
    setBusy(true);
    const kept = await onChange(next);
    setBusy(false);
    return kept;
  };
  const add = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (fault) return;
    // What is there already is not added twice, and need not be said.
    if (added.length === 0 || (await keep([...words, ...added]))) setTyped('');
  };
  return (
    <div className="space-y-3">
      {words.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line p-4 text-center text-sm text-muted">
          {said.empty}
        </p>
      ) : (
        <ul className="flex max-h-80 flex-wrap gap-1.5 overflow-y-auto">
          {words.map((word) => (
            <li
              key={word}
              className="inline-flex min-h-8 max-w-full items-center rounded-md border border-line bg-surface pl-2.5 text-sm"
            >
              <span className={fixed ? 'truncate pr-2.5' : 'truncate'}>{word}</span>
              {fixed ? null : (
                <button
                  type="button"
                  disabled={busy}
                  aria-label={`${said.remove}: ${word}`}
                  title={said.remove}
                  onClick={() => void keep(words.filter((one) => one !== word))}
                  className="ml-0.5 grid size-7 shrink-0 place-items-center rounded text-muted hover:text-danger disabled:opacity-50"
                >
                  <X aria-hidden size={14} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="text-xs text-muted tabular-nums">
        {words.length} {said.of} {most} {said.words}
      </p>
      {fixed ? null : (
        <form
          onSubmit={(event) => void add(event)}
          className="grid grid-cols-[1fr_auto] items-start gap-2"
        >
          <Field
            label={said.add}
            hint={said.addHint}
            value={typed}
            autoComplete="off"
            onChange={({ target }) => {
              setTyped(target.value);
            }}
          />
          <Button
            type="submit"
            disabled={busy || fault !== null || namesIn(typed).length === 0}
            className="mt-6"
          >
            {said.submit}
          </Button>
        </form>
      )}
      {fault ? <Notice look="warn">{fault}</Notice> : null}
    </div>
  );
}
