/**
 * What models learnt from the subtitles of films and videos write where they hear none: nobody says it in a meeting, and
 * never as all that is said. Of the lists that users of Whisper keep.
 */
const PHANTOMS = [
  /^(?:thank you|thanks) (?:so much |very much )?for (?:watching|viewing)(?: (?:this|the|my) video)?(?: and .*)?$/,
  /^(?:please )?(?:like and )?subscribe(?: to (?:the|my|our) channel)?$/,
  /^(?:don't forget to|please) (?:like|share|subscribe)\b.*$/,
  /^see you (?:all )?in the next (?:video|one|episode)$/,
  /^(?:subtitles|subtitling|captions|captioning|transcription|transcript|translated|translation) by .*$/,
  /\bamara org\b/,
  /^untertitel (?:der|im auftrag|von|des)\b.*$/,
  /^(?:sous titres|sous titrage) .*$/,
  /^subtítulos (?:realizados|por)\b.*$/,
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
