import type { SearchHit } from '@parley/contracts';
import type { Draft, Planner, PlanningContext } from '../draft';
import { lookupOf, type Lookup } from '../lookup';
import { sentencesOf } from '../sentences';

/** Nobody asked for it: an answer to a question comes before it. */
const UNASKED = 0.7;

/** On a question or a topic that the documents speak of: their words, with the place where they stand. */
export const planFact: Planner = (context) => {
  const lookup = lookupOf(context.line);
  const hit = relevantHit(context);
  return lookup && hit ? factOf(lookup, hit, context) : null;
};

/** The best hit that is relevant enough for what was looked up. */
export function relevantHit({
  line,
  hits,
  factMinScore,
  topicMinScore,
}: PlanningContext): SearchHit | undefined {
  const least = lookupOf(line)?.cause === 'topic' ? topicMinScore : factMinScore;
  return hits?.find(({ score }) => score >= least);
}

function factOf({ cause, query }: Lookup, hit: SearchHit, { line }: PlanningContext): Draft {
  const { citation, score } = hit;
  const { text, id } = line.segment;
  const asked = cause === 'question';
  const source = citation.source ?? 'A document';
  return {
    kind: 'fact',
    text: citation.quote,
    arguments: { [cause]: query, answer: citation.quote, source: citation.source ?? null },
    confidence: Math.min(1, score) * (asked ? 1 : UNASKED),
    reasons: [
      asked ? 'A question was asked.' : `The meeting speaks of “${query}”.`,
      `${source} speaks of it (relevance ${score.toFixed(2)}).`,
    ],
    citations: [
      citation,
      { type: 'segment', id, quote: asked ? query : sentenceWith(query, text) },
    ],
  };
}

function sentenceWith(topic: string, text: string): string {
  const found = sentencesOf(text).find((one) => one.text.toLowerCase().includes(topic));
  return found?.text ?? text;
}
