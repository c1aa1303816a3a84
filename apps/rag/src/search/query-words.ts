/**
 * Words with which people ask, and those that speech is full of: rare in documents, hence precious by their
 * idf, and worthless. Postgres drops plain stop words (what, is, the) by itself.
 */
const ASKING_WORDS = new Set(
  (
    'actually again agree agreed already also anybody anyone anything ask asked asking basically can could ' +
    'did disagree disagreed discuss discussed discussing discussion does else ever everybody everyone exactly example explain find found get gets ' +
    'getting give given go goes going gonna got great group guess happen happened happens hello hey hi idea just ' +
    'kind know knows kinda let lets like look looking lot lots many may maybe mean means mention mentioned ' +
    'might moment much must need needs never next nobody now often ok okay one opinion people perhaps please ' +
    'probably put question quite rather really regarding remember right said say saying says see seem shall ' +
    'should show since so somebody someone something sort still stuff suggest summarise summarize summary suppose sure talk talked tell ' +
    'thank thanks thing things think thinking thought told try trying uh um us usually wait wanna want ' +
    'wanted wants way well whatever whether will wonder wondering would yeah yep yes yet'
  ).split(' '),
);

/** "How long" asks for a time, which the answer gives without saying "long". */
const HOW_MUCH =
  /\bhow (long|fast|soon|quick|quickly|big|large|small|old|far|high|late|early|often|expensive)\b/gi;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’._-]*/gu;

/** What of a spoken or written question can be looked for; all of it when nothing would be left. */
export function queryWords(query: string): string {
  const words = query.replace(HOW_MUCH, ' ').match(WORD) ?? [];
  const kept = words.filter((word) => !ASKING_WORDS.has(stem(word)));
  return (kept.length > 0 ? kept : words).join(' ');
}

/** A shorter word is like too many others. */
const LONG_ENOUGH = /^\p{L}{5,}$/u;
/** Who looks for no more than this may leave out the capital. */
const FEW_WORDS = 2;

/** Of the words that are looked for, in lower case, those that may be a name: with a capital, or all where there are few. */
export function namesIn(words: string): string[] {
  const all = words.split(' ').filter((word) => LONG_ENOUGH.test(word));
  const few = words.split(' ').length <= FEW_WORDS;
  return all.filter((word) => few || /^\p{Lu}/u.test(word)).map((word) => word.toLowerCase());
}

/** "we'll" and "that's" count as "we" and "that". */
function stem(word: string): string {
  return word.toLowerCase().replace(/['’._-].*$/, '');
}
