import type { Analysis } from '@parley/contracts';
import type { AnalysisContext } from './analysis-context';
import { findEntities } from './entities/find-entities';
import { classifyIntent } from './intent/classify-intent';
import { toClauses } from './intent/clauses';
import { carriedBy, type Carried } from './intent/context/carried';
import { scoreSentiment } from './sentiment/score-sentiment';
import { parseText } from './text/parsed-text';
import { findTopics } from './topics/find-topics';

export const ENGINE = 'parley-learnt-2';
/** Ten minutes of one person's speech without a pause; nothing longer is analysed. */
export const MAX_TEXT_LENGTH = 10_000;

/** Loads what analysing needs, about half a second's work, unless it is there: before the first words come. */
export function prepareAnalysis(): void {
  analyseText('On Monday.', { at: new Date(0), timeZone: 'UTC', participants: [] });
}

/**
 * What an utterance means: intent, entities with offsets into `text`, sentiment and topics.
 * Pure and local; takes a few milliseconds for a sentence.
 * @throws RangeError when `text` is longer than {@link MAX_TEXT_LENGTH}.
 */
export function analyseText(text: string, context: AnalysisContext): Analysis {
  return readText(text, context).analysis;
}

/** As {@link analyseText}, with what the utterance leaves to the one after it. */
export function readText(
  text: string,
  context: AnalysisContext,
): { analysis: Analysis; carried: Carried } {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new RangeError(
      `at most ${MAX_TEXT_LENGTH} characters can be analysed, got ${text.length}`,
    );
  }
  const parsed = parseText(text);
  const entities = findEntities(text, parsed, context);
  const clauses = toClauses(text, parsed, entities);
  return {
    analysis: {
      ...classifyIntent(clauses, context.before),
      entities,
      sentiment: scoreSentiment(text),
      topics: findTopics(parsed, entities),
      engine: ENGINE,
      degraded: false,
    },
    carried: carriedBy(text, clauses),
  };
}
