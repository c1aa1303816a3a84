import { analyseText } from '../../apps/nlu/src/analysis/analyse-text';
import { exampleContext } from '../../apps/nlu/src/analysis/test-data/example-context';
import { labelledUtterances } from '../../apps/nlu/src/analysis/test-data/labelled-utterances';

export interface IntentScore {
  intent: string;
  utterances: number;
  precision: number;
  recall: number;
  f1: number;
}

export interface IntentQuality {
  scores: IntentScore[];
  macroF1: number;
  /** Milliseconds that each utterance took. */
  analysisMs: number[];
}

/** Intents of the utterances that the rules were not written against. */
export function evaluateIntents(): IntentQuality {
  const context = exampleContext();
  analyseText('On Monday.', context);
  const analysisMs: number[] = [];
  const pairs = labelledUtterances('held-out').map(({ intent, text }) => {
    const startedAt = performance.now();
    const found = analyseText(text, context).intent;
    analysisMs.push(performance.now() - startedAt);
    return { intent, found };
  });
  const scores = [...new Set(pairs.map(({ intent }) => intent))].map((intent): IntentScore => {
    const right = pairs.filter((pair) => pair.intent === intent && pair.found === intent).length;
    const utterances = pairs.filter((pair) => pair.intent === intent).length;
    const found = pairs.filter((pair) => pair.found === intent).length;
    const precision = found === 0 ? 0 : right / found;
    const recall = right / utterances;
    return { intent, utterances, precision, recall, f1: f1(precision, recall) };
  });
  const macroF1 = scores.reduce((sum, score) => sum + score.f1, 0) / scores.length;
  return { scores, macroF1, analysisMs };
}

export function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
