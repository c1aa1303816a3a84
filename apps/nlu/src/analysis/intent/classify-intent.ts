import { INTENTS, type Intent } from '@parley/contracts';
import { onDemand } from '../text/on-demand';
import type { Clause } from './clauses';
import { probabilitiesOf, readWeights, type IntentWeights } from './learnt/intent-weights';
import { featuresOf } from './learnt/utterance-features';
import type { ClassifiedIntent } from './rules-intent';

const shipped = onDemand(() => readWeights());
/** A sentence with more words than this, such as a speech engine writes without marks, is taken clause by clause. */
const MAX_WORDS = 30;
const MAX_CONFIDENCE = 0.99;

/**
 * What an utterance wants, and how probable that is, from its sentence that wants most: one in which something is
 * wanted counts before all that is said around it.
 */
export function classifyIntent(
  clauses: readonly Clause[],
  model: IntentWeights = shipped(),
): ClassifiedIntent {
  let best: (ClassifiedIntent & { rank: number }) | undefined;
  for (const unit of unitsOf(clauses)) {
    const probabilities = probabilitiesOf(featuresOf(unit), model);
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
    const words = sentence.reduce((sum, { text }) => sum + text.split(' ').length, 0);
    return words > MAX_WORDS ? sentence.map((clause) => [clause]) : [sentence];
  });
}
