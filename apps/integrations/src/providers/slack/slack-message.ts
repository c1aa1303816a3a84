import type { ActionArguments, Citation } from '@parley/contracts';

const LONGEST_QUOTE = 300;
const HEADINGS = ['title', 'subject', 'question'];
const BODIES = ['body', 'answer'];

/**
 * An action as the text of a Slack message: a heading, what is to be said, the other arguments by name, and the
 * evidence as quotes. Everything is escaped, so that nobody can be made to shout `@channel` by saying it
 * (docs.slack.dev/messaging/formatting-message-text).
 */
export function slackMessage(given: ActionArguments, citations: readonly Citation[]): string {
  const heading = HEADINGS.map((name) => given[name]).find(isText);
  const body = BODIES.map((name) => given[name]).find(isText);
  const details = Object.entries(given)
    .filter(([, value]) => value !== heading && value !== body)
    .map(([name, value]) => [label(name), inWords(value)] as const)
    .filter(([, words]) => words !== '')
    .map(([name, words]) => `${name}: ${escaped(words)}`);
  return [
    ...(heading === undefined ? [] : [`*${escaped(oneLine(heading))}*`]),
    ...(body === undefined ? [] : [escaped(body)]),
    ...details,
    ...citations.map(({ quote }) => `> ${escaped(shortened(oneLine(quote)))}`),
  ].join('\n');
}

/** Slack asks for these three, and no more. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isText(value: unknown): value is string {
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
