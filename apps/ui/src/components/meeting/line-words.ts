import type { Summary } from '@parley/client';

export type SummaryLine = Summary['sections']['tasks'][number];

/** As long as a line of a summary may be. */
export const MOST_CHARACTERS = 400;

/** What a person changes of a line of the summary. */
export interface LineWords {
  text: string;
  owner: string;
  dueDate: string;
}

export function wordsOfLine(line: SummaryLine | null): LineWords {
  return { text: line?.text ?? '', owner: line?.owner ?? '', dueDate: line?.dueDate ?? '' };
}

/** What is said now, where it is not what was seen: all that is to be sent. */
export function changedWords(seen: LineWords, now: Partial<LineWords>): Partial<LineWords> {
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => value !== seen[name as keyof LineWords]),
  );
}

/** Whether somebody else changed meanwhile what this person is about to change. */
export function isOvertaken(
  seen: LineWords,
  theirs: LineWords,
  changed: Partial<LineWords>,
): boolean {
  return (Object.keys(changed) as (keyof LineWords)[]).some(
    (name) => theirs[name] !== seen[name] && theirs[name] !== changed[name],
  );
}
