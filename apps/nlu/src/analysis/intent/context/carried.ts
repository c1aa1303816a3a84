import { INTENTS, type Intent } from '@parley/contracts';
import type { Clause } from '../clauses';
import { intentByRules } from '../rules-intent';
import { askOf, ASKS, type Ask } from './ask';

/** What of an utterance matters to the one after it: classes only, none of its words. */
export interface Carried {
  /** What the cue tables take it for: they change more rarely than what is learnt. */
  intent: Intent;
  asks: Ask;
  /** It breaks off: its last word leads to another, or it has a mark of that. */
  open: boolean;
}

/** Words that an English sentence seldom ends with. */
const LEADS_ON =
  /\b(?:the|a|an|to|of|and|or|but|if|with|for|from|by|my|your|our|their|its|that|which|because|so|than|as|at|on|in|into|about|send|please|the \w+ and)$/i;
const BROKEN_OFF = /(?:\.{2,}|…|,|-|–|—|:)$/;

export function carriedBy(text: string, clauses: readonly Clause[]): Carried {
  const said = text.trim();
  return {
    intent: clauses.length === 0 ? 'social' : intentByRules(clauses).intent,
    asks: askOf(clauses),
    open: BROKEN_OFF.test(said) || LEADS_ON.test(said),
  };
}

/** What a row holds, or null where it holds something else: it was written by another version. */
export function readCarried(value: unknown): Carried | null {
  if (typeof value !== 'object' || value === null) return null;
  const { intent, asks, open } = value as Partial<Record<keyof Carried, unknown>>;
  const [meant, asked] = [oneOf(INTENTS, intent), oneOf(ASKS, asks)];
  return meant && asked ? { intent: meant, asks: asked, open: open === true } : null;
}

function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}
