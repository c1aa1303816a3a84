import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The part of `nspell` that Parley uses, typed: the package brings no declarations. */
interface SpellChecker {
  correct(word: string): boolean;
}

let checker: SpellChecker | undefined;

/**
 * Whether this is how an English word, or a common name, is spelled. The first call takes an eighth of a second and 32 MB:
 * only a process in which a meeting expects names pays for them.
 */
export function isEnglishWord(word: string): boolean {
  checker ??= loadChecker();
  return checker.correct(word);
}

function loadChecker(): SpellChecker {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only on demand
  const nspell = require('nspell') as (affixes: Buffer, words: Buffer) => SpellChecker;
  const folder = dirname(require.resolve('dictionary-en'));
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  return nspell(read('index.aff'), read('index.dic'));
}
