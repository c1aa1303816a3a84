import { INTENTS, type Intent } from '@parley/contracts';
import { onDemand } from '../text/on-demand';
import type { Clause } from './clauses';
import type { SpokenBefore } from './context/context-signs';
import { probabilitiesOf, readWeights, type IntentWeights } from './learnt/intent-weights';
import { featuresOf } from './learnt/utterance-features';
import type { ClassifiedIntent } from './rules-intent';

const shipped = onDemand(() => readWeights());
/** A sentence with more words than this, such as a speech engine writes without marks, is taken clause by clause. */
const MAX_WORDS = 30;
const MAX_CONFIDENCE = 0.99;
/** An answer comes first: what is said after so many words no longer hangs on the utterance before. */
const ANSWER_WORDS = 8;

/**
 * What an utterance wants, and how probable that is, from its sentence that wants most: one in which something is
 * wanted counts before all that is said around it.
 * @param before the utterance before it; null where there is none, or none is known.
 */
export function classifyIntent(
  clauses: readonly Clause[],
  before: SpokenBefore | null = null,
  model: IntentWeights = shipped(),
): ClassifiedIntent {
  let best: (ClassifiedIntent & { rank: number }) | undefined;
  let wordsBefore = 0;
  for (const unit of unitsOf(clauses)) {
    const answers = wordsBefore < ANSWER_WORDS ? before : null;
    wordsBefore += wordsIn(unit);
    const probabilities = probabilitiesOf(featuresOf(unit, answers), model);
    const probability = Math.max(...probabilities);
    const intent = INTENTS[probabilities.indexOf(probability)] ?? 'statement';
    const rank = tierOf(intent) + probability;
    if (best && best.rank >= rank) continue;
    const confidence = Math.min(MAX_CONFIDENCE, Number(probability.toFixed(3)));
    best = { intent, confidence, rank };
  }
  const { intent, confidence } = best ?? { intent: 'social', confidence: 0.5 };
  return { intent, confidence };
}

function tierOf(intent: Intent): number {
  if (intent === 'social') return 0;
  return intent === 'statement' ? 1 : 2;
}

function unitsOf(clauses: readonly Clause[]): Clause[][] {
  const sentences = new Map<number, Clause[]>();
  for (const clause of clauses) {
    const held = sentences.get(clause.sentence);
    if (held) held.push(clause);
    else sentences.set(clause.sentence, [clause]);
  }
  return [...sentences.values()].flatMap((sentence) => {
    return wordsIn(sentence) > MAX_WORDS ? sentence.map((clause) => [clause]) : [sentence];
  });
}

function wordsIn(clauses: readonly Clause[]): number {
  return clauses.reduce((sum, { text }) => sum + text.split(' ').length, 0);
}
