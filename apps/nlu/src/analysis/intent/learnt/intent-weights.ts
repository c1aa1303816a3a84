import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { INTENTS } from '@parley/contracts';
import { SLOTS, type Features } from './utterance-features';

export const WEIGHTS_FILE = join(PROJECT_ROOT, 'apps/nlu/weights/intents.json');

/** How `apps/nlu/weights/intents.json` is written, by `npm run train -- intents`. */
export interface WeightsFile {
  intents: readonly string[];
  slots: number;
  /** What a step of a weight is worth. */
  step: number;
  bias: number[];
  /** Logits are divided by it, so that a probability says how often such an utterance is right. */
  temperature: number;
  /** One signed byte for each slot and intent, slot by slot, in base64. */
  weights: string;
}

export interface IntentWeights {
  bias: readonly number[];
  temperature: number;
  /** In the order slot by slot, {@link INTENTS} within. */
  weights: ArrayLike<number>;
  step: number;
}

/** @throws when the file is of another shape than this version reads: it must be trained anew. */
export function readWeights(path = WEIGHTS_FILE): IntentWeights {
  const file = JSON.parse(readFileSync(path, 'utf8')) as WeightsFile;
  const weights = new Int8Array(Buffer.from(file.weights, 'base64'));
  const fits =
    file.intents.join() === INTENTS.join() &&
    file.slots === SLOTS &&
    weights.length === SLOTS * INTENTS.length;
  if (!fits)
    throw new Error('apps/nlu/weights/intents.json does not fit: npm run train -- intents');
  return { ...file, weights };
}

/** The probability of each of {@link INTENTS}. */
export function probabilitiesOf(features: Features, model: IntentWeights): number[] {
  return softmax(logitsOf(features, model).map((logit) => logit / model.temperature));
}

export function logitsOf(features: Features, { bias, weights, step }: IntentWeights): number[] {
  const sums = INTENTS.map(() => 0);
  for (const [slot, value] of features) {
    for (let intent = 0; intent < sums.length; intent += 1) {
      sums[intent] = (sums[intent] ?? 0) + value * (weights[slot * sums.length + intent] ?? 0);
    }
  }
  return sums.map((sum, intent) => sum * step + (bias[intent] ?? 0));
}

export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
