/**
 * What models that learnt from the subtitles of films and videos write where they hear none. Only what nobody says in a
 * meeting as all that is said: a phrase that somebody may say ("see you in the next one", "please share it") is no phantom.
 */
const PHANTOMS = [
  /^(?:thank you|thanks) (?:so much |very much )?for (?:watching|viewing)(?: (?:this|the|my) video)?$/,
  /^(?:please )?(?:like and )?subscribe to (?:my|our) channel$/,
  /^don't forget to (?:like|subscribe|like and subscribe)(?: to (?:my|our) channel)?$/,
  /^see you (?:all )?in the next video$/,
  /^transcription by castingwords$/,
  // "Subtitles by the Amara.org community", in any of its languages.
  /\bamara org\b/,
  /^untertitel im auftrag des zdf\b/,
];

/** Short answers that people give, and that models write of a noise which goes on too long for them. */
const SHORT = new Set(['you', 'thank you', 'thanks', 'bye', 'bye bye', 'okay', 'oh', 'so', 'the']);
/** Said as slowly as this, each of them would take seconds. */
const SLOWEST_WORD_MS = 3_000;

/** @param words in lower case, without marks */
export function isPhantomPhrase(words: readonly string[]): boolean {
  const said = words.join(' ');
  return PHANTOMS.some((phantom) => phantom.test(said));
}

/** @param speechMs how long somebody seems to speak; 0 where nobody knows */
export function saysLittle(words: readonly string[], speechMs: number): boolean {
  return speechMs > words.length * SLOWEST_WORD_MS && SHORT.has(words.join(' '));
}
