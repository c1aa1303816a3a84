import type { SpokenLine } from './draft';
import { sentencesOf } from './sentences';

const SMALL_TALK =
  /^(and )?how (are|was|is|were) (you|your|everyone|everybody|things|it going)|^(does|is|will) that (work|okay|ok|fine)|^(right|okay|ready|really|sure)\b.*\?$|^where do we stand|^can you hear|^any (other )?questions/i;
const ASKS =
  /^(and |so |but |okay |well |then )?((does|do|did) (any(body|one)|we|you|somebody|someone) (know|remember|recall)|what|which|who|whom|whose|when|where|why|how|is|are|does|do|did|has|have|can|could|will|would|should)\b/i;
const INDIRECT = /\b(i wonder|i('d| would) like to know|do we know|any idea)\b/i;

/** "One more thing, does anybody know …?": the question begins within the sentence. */
const EMBEDDED =
  /[,;:]\s+(?:and |so |but )?(?<question>(?:(?:does|do|did) (?:any(?:body|one)|we|you) (?:know|remember)|what|which|who|whose|when|where|why|how)\b.{12,}\?)$/i;

/** Speech has no punctuation of its own: an engine may well end a question with a full stop. */
const OPENS_WITH_QUESTION_WORD = /^(what|which|who|whom|whose|when|where|why|how)\b/i;

/** What a line asks, as {@link informationQuestion}; what nlu takes for a question needs no question mark. */
export function questionOf({ segment, insight }: SpokenLine): string | null {
  return informationQuestion(segment.text, insight.intent === 'question');
}

/**
 * The words of a text, as spoken, that ask for something one could look up, or null.
 * @param understoodAsQuestion whether nlu takes the text for a question: then no question mark is needed
 */
export function informationQuestion(text: string, understoodAsQuestion = false): string | null {
  const asks = (sentence: string): boolean =>
    sentence.endsWith('?') || (understoodAsQuestion && OPENS_WITH_QUESTION_WORD.test(sentence));
  const asked = sentencesOf(text)
    .map((sentence) => questionIn(withoutVocative(sentence.text)))
    .filter((sentence) => asks(sentence) || INDIRECT.test(sentence))
    .filter((sentence) => !SMALL_TALK.test(sentence))
    .filter((sentence) => ASKS.test(sentence) || INDIRECT.test(sentence));
  // Several questions in one breath: the longest says most of what is wanted.
  return asked.reduce<string | null>(
    (best, sentence) => (best === null || sentence.length > best.length ? sentence : best),
    null,
  );
}

function questionIn(sentence: string): string {
  return (ASKS.test(sentence) ? undefined : EMBEDDED.exec(sentence)?.groups?.question) ?? sentence;
}

/** "Daniel, where do we stand?" asks what "Where do we stand?" asks. */
function withoutVocative(sentence: string): string {
  return sentence.replace(/^(okay|so|well|and|but|thank you|great|\p{Lu}\p{Ll}+),\s+/u, '');
}
