const MOST_TERMS = 200;
const LONGEST_TERM = 80;
/** What is longer is a sentence in which names stand. */
const MOST_WORDS = 3;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’+#-]*/gu;

/**
 * The names that a prompt wants to be expected: the items of a list (`Okta, Acme Corp`), and of sentences the words that do
 * not begin them; those with a capital letter or a digit. A prompt may also just be what was said before.
 */
export function promptTerms(prompt: string): string[] {
  const terms = prompt.split(/[,;:\n]|[.!?](?:\s|$)/).flatMap((part) => {
    const words = [...part.matchAll(WORD)].map(([word]) => word.replace(/['’]s$/u, ''));
    const isName = (word: string): boolean => /[\p{Lu}\d]/u.test(word) && word.length > 1;
    if (words.length <= MOST_WORDS) return words.some(isName) ? [words.join(' ')] : [];
    return words.slice(1).filter(isName);
  });
  return [...new Set(terms)]
    .filter((term) => term !== '' && term.length <= LONGEST_TERM)
    .slice(0, MOST_TERMS);
}
