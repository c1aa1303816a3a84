import type { SpokenLine } from '../planning/draft';
import { contentWords, sentencesOf } from '../planning/sentences';
import type { Inquiry } from './inquiry';
import type { Passage } from './passage';

/** How much of a question that was asked in the meeting counts for what was said right after it. */
const REPLY_SHARE = 0.8;
const REPLY_WITHIN_LINES = 2;
/** Of a sentence that does not hold the time or number that is asked for. */
const WITHOUT_WANTED = 0.4;

/** Keeps a conversation going, and says nothing of the matter. */
const SAYS_NOTHING =
  /\b(don't|do not) (know|remember|recall)\b|\bnot sure\b|\bno idea\b|\bgood question\b|\blook (it|that) up\b|\ba (moment|second|minute)\b|\b(another|a) question\b|\bthank you\b|\bone more thing\b/i;

/** Asks for an amount or a time; no answer holds these words. */
const HOW_MUCH = /\bhow (many|much|often|long|soon)\b/gi;

interface Said {
  line: SpokenLine;
  sentences: string[];
  words: Set<string>;
}

/**
 * Every line of a meeting with how much of what was asked it holds: the weight of the question's words in its best
 * sentence, rare words weighing more (idf as in BM25). What follows a question that was asked in the meeting
 * inherits from it, if it holds the time or number that is asked for.
 */
export function spokenPassages(
  lines: SpokenLine[],
  { query, wanted }: Inquiry,
  source: string | null,
): Passage[] {
  const said = lines.map((line): Said => {
    const speaker = line.segment.speaker?.name ?? '';
    const sentences = sentencesOf(line.segment.text).map(({ text }) => text);
    return { line, sentences, words: new Set(contentWords(`${speaker} ${line.segment.text}`)) };
  });
  const share = shareOf(new Set(contentWords(query.replaceAll(HOW_MUCH, ' '))), said);
  return said.map(({ line, sentences }, at) => {
    const { segment } = line;
    const speaker = segment.speaker?.name;
    const asked = Math.max(
      0,
      ...said
        .slice(Math.max(0, at - REPLY_WITHIN_LINES), at)
        .map((before) => askedIn(before, share)),
    );
    const rated = sentences.map((text) => {
      const own = share(`${speaker ?? ''} ${text}`);
      if (text.endsWith('?') || SAYS_NOTHING.test(text)) return { text, own, answers: 0 };
      if (!wanted) return { text, own, answers: own };
      const holds = wanted.test(text);
      const answers = holds ? Math.max(own, REPLY_SHARE * asked) : WITHOUT_WANTED * own;
      return { text, own, answers };
    });
    const best = rated.reduce(
      (a, b) => (b.answers > a.answers || (b.answers === a.answers && b.own > a.own) ? b : a),
      { text: segment.text, own: 0, answers: 0 },
    );
    const from = source === null ? {} : { source };
    return {
      text: segment.text,
      citation: { type: 'segment', id: segment.id, quote: best.text, ...from },
      meetingId: segment.meetingId,
      startMs: segment.startMs,
      score: Math.max(best.own, best.answers),
      answers: best.answers,
      ...(speaker === undefined ? {} : { speaker }),
    };
  });
}

function askedIn({ sentences }: Said, share: (text: string) => number): number {
  return Math.max(0, ...sentences.filter((text) => text.endsWith('?')).map(share));
}

/** How much of the asked words' weight a text holds, from 0 to 1. */
function shareOf(asked: Set<string>, said: Said[]): (text: string) => number {
  const weights = new Map<string, number>();
  for (const word of asked) {
    const holding = said.filter(({ words }) => words.has(word)).length;
    weights.set(word, Math.log(1 + (said.length - holding + 0.5) / (holding + 0.5)));
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return (text) => {
    if (total === 0) return 0;
    const words = new Set(contentWords(text));
    let held = 0;
    for (const [word, weight] of weights) if (words.has(word)) held += weight;
    return held / total;
  };
}
