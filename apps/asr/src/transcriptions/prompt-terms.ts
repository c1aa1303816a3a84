const MOST_TERMS = 200;
const LONGEST_TERM = 80;
/** What is longer is a sentence in which names stand. */
const MOST_WORDS = 3;

/**
 * The names and words that a prompt wants to be expected: the items of a list (`Okta, Acme Corp`), and of sentences the
 * words with a capital letter that do not begin them.
 */
export function promptTerms(prompt: string): string[] {
  const terms = prompt.split(/[,;\n]|[.!?](?:\s|$)/).flatMap((part) => {
    const words = part.split(/[\s"“”()]+/).filter(Boolean);
    if (words.length <= MOST_WORDS) return [words.join(' ')];
    return words.slice(1).filter((word) => /\p{Lu}/u.test(word) && word.length > 1);
  });
  return [...new Set(terms)]
    .filter((term) => term !== '' && term.length <= LONGEST_TERM)
    .slice(0, MOST_TERMS);
}
