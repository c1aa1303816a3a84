import type { ActionArguments, Citation } from '@parley/contracts';

const LONGEST_QUOTE = 300;
const HEADINGS = ['title', 'subject', 'question', 'text'];
const BODIES = ['body', 'answer'];
/** The kind of the suggestion, and what it was called in the list: not part of what is said. */
const FOR_US = new Set(['kind', 'text']);

export interface ActionText {
  heading?: string;
  body?: string;
  /** The other arguments by name: `Due date: 2026-01-05`. */
  details: string[];
  /** What was said, shortened. */
  quotes: string[];
}

/** An action in words: a heading, what is to be said, the other arguments by name, and the evidence as quotes. */
export function actionText(given: ActionArguments, citations: readonly Citation[]): ActionText {
  const heading = HEADINGS.map((name) => given[name]).find(isText);
  const body = BODIES.map((name) => given[name]).find(isText);
  const details = Object.entries(given)
    .filter(([name, value]) => !FOR_US.has(name) && value !== heading && value !== body)
    .map(([name, value]) => [label(name), inWords(value)] as const)
    .filter(([, words]) => words !== '')
    .map(([name, words]) => `${name}: ${words}`);
  return {
    ...(heading === undefined ? {} : { heading: oneLine(heading) }),
    ...(body === undefined ? {} : { body }),
    details,
    quotes: citations.map(({ quote }) => shortened(oneLine(quote))),
  };
}

/** A text with something in it. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function shortened(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE - 1)}…`;
}

/** `dueDate` as `Due date`. */
function label(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value as people write it; empty when there is nothing to say. People are named, not described. */
function inWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(inWords).filter(Boolean).join(', ');
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object') return JSON.stringify(value);
  const { name, email } = value as { name?: unknown; email?: unknown };
  return [name, email].find(isText) ?? JSON.stringify(value);
}
