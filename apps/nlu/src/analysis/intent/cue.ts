import type { Intent } from '@parley/contracts';
import type { Clause } from './clauses';

/** A sign in the words of a clause, and how much it speaks for or against intents (log-odds). */
export interface Cue {
  name: string;
  when: RegExp | ((clause: Clause) => boolean);
  weights: Partial<Record<Intent, number>>;
}

/**
 * Compiles a pattern of the cue tables. `{name}` stands for a word class of `word-classes.ts`;
 * `^` is the start of the clause, once greetings and fillers are gone.
 */
export function words(strings: TemplateStringsArray, ...classes: readonly string[]): RegExp {
  return new RegExp(
    String.raw({ raw: strings.raw }, ...classes.map((source) => `(?:${source})`)),
    'i',
  );
}
