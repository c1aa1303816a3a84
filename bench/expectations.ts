import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suggestion, Summary, SummaryLine } from '@parley/contracts';
import { SAMPLE_FOLDER } from '../apps/standalone/src/demo/sample-meeting';

/** What must come out of the sample at least; see `apps/standalone/sample/expected.json`. */
export interface Expected {
  facts: { question: string; document: string; page?: number; quote: string }[];
  decisions: { contains: string }[];
  tasks: { contains: string; owner: string | null; due: string | null }[];
  emails: { contains: string }[];
  events: { contains: string; weekday: string; time: string }[];
  openQuestions: { contains: string }[];
}

export interface Outcome {
  what: string;
  found: number;
  expected: number;
  missing: string[];
}

export function readExpected(): Expected {
  return JSON.parse(readFileSync(join(SAMPLE_FOLDER, 'expected.json'), 'utf8')) as Expected;
}

/** Which of the expected things came out. */
export function compareWithExpected(
  expected: Expected,
  suggestions: Suggestion[],
  { sections }: Summary,
): Outcome[] {
  const ofKind = (kind: Suggestion['kind']): Suggestion[] =>
    suggestions.filter((one) => one.kind === kind);
  const written = (lines: SummaryLine[]) =>
    function has({ contains }: { contains: string }): boolean {
      return lines.some(({ text }) => includes(text, contains));
    };
  const drafted = (kind: Suggestion['kind']) =>
    function has({ contains }: { contains: string }): boolean {
      return ofKind(kind).some((one) => includes(`${one.text} ${quotes(one)}`, contains));
    };
  return [
    outcome('facts, with the right quote from the right document', expected.facts, (fact) =>
      ofKind('fact').some(
        ({ citations }) =>
          citations.some(
            ({ type, quote }) => type === 'segment' && includes(quote, fact.question),
          ) &&
          citations.some(
            ({ type, quote, page }) =>
              type === 'chunk' &&
              includes(quote, fact.quote) &&
              (fact.page === undefined || page === fact.page),
          ),
      ),
    ),
    outcome('decisions in the summary', expected.decisions, written(sections.decisions)),
    outcome('tasks in the summary', expected.tasks, written(sections.tasks)),
    outcome('owners of the tasks, or rightly none', expected.tasks, ({ contains, owner }) =>
      sections.tasks.some(
        (line) => includes(line.text, contains) && (line.owner ?? null) === owner,
      ),
    ),
    outcome('due dates of the tasks, or rightly none', expected.tasks, ({ contains, due }) =>
      sections.tasks.some((line) => includes(line.text, contains) && weekday(line.dueDate) === due),
    ),
    outcome('email drafts', expected.emails, drafted('email')),
    outcome('event drafts', expected.events, drafted('event')),
    outcome(
      'open questions in the summary',
      expected.openQuestions,
      written(sections.openQuestions),
    ),
  ];
}

function outcome<T>(what: string, expected: T[], isThere: (one: T) => boolean): Outcome {
  const missing = expected.filter((one) => !isThere(one));
  return {
    what,
    expected: expected.length,
    found: expected.length - missing.length,
    missing: missing.map((one) => JSON.stringify(one)),
  };
}

function quotes({ citations }: Suggestion): string {
  return citations.map(({ quote }) => quote).join(' ');
}

/** Words only: an engine's spaces, line ends and case are its own. */
function includes(text: string, part: string): boolean {
  const plain = (value: string): string => value.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  return plain(text).includes(plain(part));
}

function weekday(date: string | undefined): string | null {
  if (!date) return null;
  const name = new Date(`${date}T12:00:00Z`).toLocaleDateString('en', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  return name.toLowerCase();
}
