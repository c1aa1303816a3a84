import { INTENTS, type Intent } from '@parley/contracts';

export interface Judged {
  /** What people say that it is. */
  intent: Intent;
  found: Intent;
  confidence: number;
}

export interface IntentScore {
  intent: Intent;
  utterances: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Precision, recall and F1 of each intent that people found at least once. */
export function scoresOf(judged: readonly Judged[]): IntentScore[] {
  return INTENTS.flatMap((intent) => {
    const utterances = judged.filter((one) => one.intent === intent).length;
    if (utterances === 0) return [];
    const found = judged.filter((one) => one.found === intent).length;
    const right = judged.filter((one) => one.intent === intent && one.found === intent).length;
    const precision = found === 0 ? 0 : right / found;
    const recall = right / utterances;
    return [{ intent, utterances, precision, recall, f1: f1(precision, recall) }];
  });
}

export function macroF1(scores: readonly IntentScore[]): number {
  return scores.reduce((sum, score) => sum + score.f1, 0) / scores.length;
}

export function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/**
 * Expected calibration error: by how much confidence and share of right answers differ, over ten equal bands of
 * confidence, each counted by how many utterances fall into it. Shape: 0 to 1.
 */
export function calibrationError(judged: readonly Judged[]): number {
  let error = 0;
  for (let band = 0; band < 10; band += 1) {
    const within = judged.filter(
      ({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === band,
    );
    if (within.length === 0) continue;
    const right = within.filter(({ intent, found }) => intent === found).length / within.length;
    const said = within.reduce((sum, { confidence }) => sum + confidence, 0) / within.length;
    error += (within.length / judged.length) * Math.abs(right - said);
  }
  return error;
}
