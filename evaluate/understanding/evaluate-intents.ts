import { analyseText } from '../../apps/nlu/src/analysis/analyse-text';
import { classifyIntent } from '../../apps/nlu/src/analysis/intent/classify-intent';
import type { Clause } from '../../apps/nlu/src/analysis/intent/clauses';
import type { SpokenBefore } from '../../apps/nlu/src/analysis/intent/context/context-signs';
import {
  intentByRules,
  type ClassifiedIntent,
} from '../../apps/nlu/src/analysis/intent/rules-intent';
import { exampleContext } from '../../apps/nlu/src/analysis/test-data/example-context';
import { labelledUtterances } from '../../apps/nlu/src/analysis/test-data/labelled-utterances';
import { doubtOf, type DoubtScore } from '../../apps/nlu/training/doubt-scores';
import {
  calibrationError,
  macroF1,
  scoresOf,
  type IntentScore,
} from '../../apps/nlu/training/intent-scores';
import {
  beforeOf,
  clausesOf,
  readLabelled,
  type LabelledUtterance,
} from '../../apps/nlu/training/labelled-data';

/** What one way of classifying makes of one set of utterances. */
export interface IntentMethod {
  scores: IntentScore[];
  macroF1: number;
  /** The share of utterances of which the intent is right. */
  right: number;
  calibrationError: number;
  doubt: DoubtScore;
}

export interface IntentComparison {
  set: string;
  utterances: number;
  learnt: IntentMethod;
  /** The same classifier, not told what was said before; null where nothing is known of that. */
  alone: IntentMethod | null;
  rules: IntentMethod;
}

export interface IntentQuality {
  comparisons: IntentComparison[];
  /** Milliseconds that the analysis of each utterance took. */
  analysisMs: number[];
}

/** Intents of utterances that were held out, by what ships and by the cue tables alone. */
export function evaluateIntents(): IntentQuality {
  const sets: { set: string; of: Labelled }[] = [
    { set: 'written for Parley', of: heldOut('utterances') },
    { set: 'said in real meetings', of: heldOut('real-utterances') },
    { set: 'exchanges, written for Parley', of: heldOut('exchanges') },
    { set: 'the earlier, easier set', of: labelledUtterances('held-out') },
  ];
  const context = exampleContext();
  analyseText('On Monday.', context);
  const analysisMs = sets
    .flatMap(({ of }) => of)
    .map((utterance) => {
      const before = beforeOf(utterance);
      const startedAt = performance.now();
      analyseText(utterance.text, { ...context, before });
      return performance.now() - startedAt;
    });
  return {
    analysisMs,
    comparisons: sets.map(({ set, of }) => ({
      set,
      utterances: of.length,
      learnt: judge(of, classifyIntent),
      alone: of.some(({ before }) => before !== undefined)
        ? judge(of, (clauses) => classifyIntent(clauses))
        : null,
      rules: judge(of, (clauses) => intentByRules(clauses)),
    })),
  };
}

type Labelled = Pick<LabelledUtterance, 'intent' | 'text' | 'before' | 'sameSpeaker'>[];

function heldOut(source: Parameters<typeof readLabelled>[0]): Labelled {
  return readLabelled(source).filter(({ part }) => part === 'held-out');
}

function judge(
  set: Labelled,
  classify: (clauses: Clause[], before: SpokenBefore | null) => ClassifiedIntent,
): IntentMethod {
  const judged = set.map((utterance) => {
    const { intent, text } = utterance;
    const { intent: found, confidence } = classify(clausesOf(text), beforeOf(utterance));
    return { intent, text, found, confidence };
  });
  const scores = scoresOf(judged);
  return {
    scores,
    macroF1: macroF1(scores),
    right: judged.filter(({ intent, found }) => intent === found).length / judged.length,
    calibrationError: calibrationError(judged),
    doubt: doubtOf(judged),
  };
}
