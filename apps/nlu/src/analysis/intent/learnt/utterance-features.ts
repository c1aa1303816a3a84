import { INTENTS } from '@parley/contracts';
import type { Clause } from '../clauses';
import { contextSigns, type SpokenBefore } from '../context/context-signs';
import { readCues } from '../rules-intent';

/** Slots that the names of features are hashed into. */
export const HASHED = 8_192;
/** Behind them: what the cue tables add up to, a slot an intent. */
export const ALONE = HASHED + INTENTS.length;
const CONTEXT = 512;
/** Behind those: slots for what an utterance has from the one before it, which are learnt apart. */
export const SLOTS = ALONE + CONTEXT;

/** How much of each slot an utterance has; slots that are not named have nothing. */
export type Features = ReadonlyMap<number, number>;

/** Beyond this the cue tables are as sure as they get. */
const MOST_EVIDENCE = 8;
const LONGEST_RUN = 2;

/**
 * What the classifier sees of one sentence, or of one clause of an endless one: its words in runs of up to two, how
 * each clause opens, its marks and length, the cues that it holds and what they add up to, and what it has from what was
 * said before it.
 */
export function featuresOf(clauses: readonly Clause[], before: SpokenBefore | null): Features {
  const runs = new Set<string>();
  const signs = new Set<string>();
  const evidence = INTENTS.map(() => -MOST_EVIDENCE);
  clauses.forEach((clause, at) => {
    const words = wordsOf(clause.text);
    for (const run of runsOf(words)) runs.add(run);
    for (const length of [1, 2, 3]) signs.add(`opens ${words.slice(1, 1 + length).join(' ')}`);
    if (at === 0) signs.add(`utterance opens ${wordsOf(clause.whole)[1] ?? ''}`);
    if (clause.whole.endsWith('?')) signs.add('asks');
    if (clause.opensWithVerb) signs.add('verb first');
    if (clause.past) signs.add('past');
    signs.add(`length ${Math.min(5, Math.floor(Math.log2(words.length)))}`);
    const { names, scores } = readCues(clause);
    for (const name of names) signs.add(`cue ${name}`);
    INTENTS.forEach((intent, slot) => {
      evidence[slot] = Math.max(evidence[slot] ?? 0, scores[intent]);
    });
  });
  const features = new Map<number, number>();
  const add = (name: string, value: number): void => {
    const slot = hash(name) % HASHED;
    features.set(slot, (features.get(slot) ?? 0) + value);
  };
  // A long sentence has more runs of words, not more to say for each of them.
  for (const run of runs) add(run, 3 / Math.sqrt(runs.size));
  for (const sign of signs) add(sign, 1);
  evidence.forEach((sum, slot) => {
    features.set(HASHED + slot, Math.min(MOST_EVIDENCE, Math.max(-MOST_EVIDENCE, sum)) / 3);
  });
  for (const [slot, value] of contextOf(clauses, before)) features.set(slot, value);
  return features;
}

/** The part of {@link featuresOf} that hangs on what was said before; empty where nothing is known of that. */
export function contextOf(clauses: readonly Clause[], before: SpokenBefore | null): Features {
  const signs = before ? contextSigns(clauses, before) : [];
  return new Map(signs.map((sign) => [ALONE + (hash(sign) % CONTEXT), 1]));
}

function wordsOf(text: string): string[] {
  const words = text.match(/[\w']+|[?%]/g) ?? [];
  return ['^', ...words.map((word) => (/^\d/.test(word) ? '_number' : word)), '$'];
}

function* runsOf(words: readonly string[]): Generator<string> {
  for (let length = 1; length <= LONGEST_RUN; length += 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      yield words.slice(at, at + length).join(' ');
    }
  }
}

/** FNV-1a, 32 bits: the same in the training and wherever the weights are read. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) {
    value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  }
  return value >>> 0;
}
