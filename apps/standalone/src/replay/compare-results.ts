import { pairUp } from './pair-up';
import type { ReplayLine, ReplayResult } from './replay-result';
import { likeness, wordDifference } from './word-difference';

export const PARTS = ['transcript', 'insights', 'suggestions', 'summary', 'coverage'] as const;
export type Part = (typeof PARTS)[number];

export interface Difference {
  part: Part;
  what: 'missing' | 'new' | 'changed';
  /** When and who, a kind, a section. */
  where: string;
  /** What it says; where that changed, both in one. */
  text: string;
  /** What else is different about it. */
  details: string[];
}

/** Something that was stored or came out, and what is to be compared of it beside its text. */
interface Item {
  where: string;
  text: string;
  facts: Record<string, string | string[]>;
}

/** As much alike as this they are one thing that changed, else two. */
const LEAST_ALIKE = 0.3;

/** All that came out otherwise than it is stored; empty when nothing did. */
export function compareResults(stored: ReplayResult, now: ReplayResult): Difference[] {
  const lines = pairUp(stored.lines, now.lines, sameSpeech);
  const suggestions = pairUp(
    stored.suggestions.map(suggestionItem),
    now.suggestions.map(suggestionItem),
    sameMeaning,
  );
  const summary = pairUp(
    stored.summary.map(summaryItem),
    now.summary.map(summaryItem),
    sameMeaning,
  );
  return [
    ...differences('transcript', {
      pairs: lines.pairs.map(([one, other]) => [spokenItem(one), spokenItem(other)]),
      missing: lines.missing.map(spokenItem),
      added: lines.added.map(spokenItem),
    }),
    // A line that is missing is said to be so once.
    ...differences('insights', {
      pairs: lines.pairs.map(([one, other]) => [
        insightItem(one, other),
        insightItem(other, other),
      ]),
      missing: [],
      added: [],
    }),
    ...differences('suggestions', suggestions),
    ...differences('summary', summary),
    ...coverageDifferences(stored.coverage, now.coverage),
  ];
}

function differences(
  part: Part,
  { pairs, missing, added }: { pairs: [Item, Item][]; missing: Item[]; added: Item[] },
): Difference[] {
  return [
    ...missing.map(({ where, text }) => whole(part, 'missing', where, text)),
    ...added.map(({ where, text }) => whole(part, 'new', where, text)),
    ...pairs.flatMap(([one, other]) => changed(part, one, other)),
  ];
}

function whole(part: Part, what: 'missing' | 'new', where: string, text: string): Difference {
  return { part, what, where, text, details: [] };
}

function changed(part: Part, one: Item, other: Item): Difference[] {
  const details = Object.entries(one.facts).flatMap(([name, fact]) =>
    factChange(name, fact, other.facts[name] ?? []),
  );
  if (one.text === other.text && details.length === 0) return [];
  const text = one.text === other.text ? one.text : wordDifference(one.text, other.text);
  return [{ part, what: 'changed', where: one.where, text, details }];
}

function factChange(name: string, one: string | string[], other: string | string[]): string[] {
  if (typeof one === 'string' && typeof other === 'string') {
    return one === other ? [] : [`${name}: ${one} → ${other}`];
  }
  const [before, after] = [[one].flat(), [other].flat()];
  return [
    ...without(before, after).map((gone) => `${name}: - ${gone}`),
    ...without(after, before).map((fresh) => `${name}: + ${fresh}`),
  ];
}

/** What is left of `all` when each of `others` takes one like it away. */
function without(all: string[], others: string[]): string[] {
  const rest = [...others];
  return all.filter((one) => {
    const at = rest.indexOf(one);
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
}

/** The part of their time that two lines of a channel share. */
function sameSpeech(one: ReplayLine, other: ReplayLine): number {
  if (one.channel !== other.channel) return 0;
  const sharedMs = Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs);
  const allMs = Math.max(one.endMs, other.endMs) - Math.min(one.startMs, other.startMs);
  return Math.max(0, sharedMs) / Math.max(1, allMs);
}

function sameMeaning(one: Item, other: Item): number {
  if (one.where !== other.where) return 0;
  const alike = likeness(one.text, other.text);
  return alike < LEAST_ALIKE ? 0 : alike;
}

function spokenItem(line: ReplayLine): Item {
  const { speaker, text, startMs, endMs } = line;
  const place = `${seconds(startMs)} to ${seconds(endMs)}`;
  return { where: whereOf(line), text, facts: { speaker: speaker ?? 'nobody', place } };
}

/** Beside the present words: how they changed is said of the transcript. */
function insightItem(line: ReplayLine, { text }: ReplayLine): Item {
  const { intent = 'none', sentiment = 'none', entities = [], topics = [] } = line.insight ?? {};
  return { where: whereOf(line), text, facts: { intent, sentiment, entities, topics } };
}

function suggestionItem(suggestion: ReplayResult['suggestions'][number]): Item {
  const { kind, text, citations } = suggestion;
  return { where: kind, text, facts: { arguments: suggestion.arguments, citations } };
}

function summaryItem(line: ReplayResult['summary'][number]): Item {
  const { section, text, owner, dueDate, citations } = line;
  const facts = { owner: owner ?? 'nobody', due: dueDate ?? 'no day', citations };
  return { where: section, text, facts };
}

function coverageDifferences(
  stored: ReplayResult['coverage'],
  now: ReplayResult['coverage'],
): Difference[] {
  const states = [...new Set([...Object.keys(stored), ...Object.keys(now)])];
  return states.flatMap((state): Difference[] => {
    const [one = 0, other = 0] = [stored[state], now[state]];
    const text = `${seconds(one)} → ${seconds(other)}`;
    return one === other
      ? []
      : [{ part: 'coverage', what: 'changed', where: state, text, details: [] }];
  });
}

function whereOf({ startMs, speaker, channel }: ReplayLine): string {
  return `${clock(startMs)} ${speaker ?? `(${channel})`}`;
}

function clock(ms: number): string {
  const all = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(all / 60))}:${two(all % 60)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(3)} s`;
}
