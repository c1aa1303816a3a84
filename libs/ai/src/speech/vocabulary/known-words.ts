import { readFile } from 'node:fs/promises';

/** Tokens that begin a word, and are all of it: lines of base64 and a number. */
const WHOLE_WORD = /^ [A-Za-z]+$/;

/**
 * The words that a speech model writes in one piece, in lower case: those that it saw often, and so can spell.
 * @param tokens path of its `tokens.txt`, as sherpa-onnx has them
 */
export async function readKnownWords(tokens: string): Promise<ReadonlySet<string>> {
  const lines = (await readFile(tokens, 'latin1')).split('\n');
  const words = lines
    .map((line) => Buffer.from(line.slice(0, line.indexOf(' ')), 'base64').toString('utf8'))
    .filter((token) => WHOLE_WORD.test(token))
    .map((token) => token.slice(1).toLowerCase());
  return new Set(words);
}
