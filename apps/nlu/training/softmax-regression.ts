import { INTENTS } from '@parley/contracts';
import { softmax } from '../src/analysis/intent/learnt/intent-weights';
import { SLOTS, type Features } from '../src/analysis/intent/learnt/utterance-features';

export interface Example {
  features: Features;
  /** Its place in INTENTS. */
  intent: number;
  /** What another model makes of it, which is only added to. Default: nothing. */
  offset?: readonly number[];
}

export interface Regression {
  bias: number[];
  /** Slot by slot, intents within. */
  weights: Float64Array;
}

const STEPS = 150;
const RATE = 0.05;

/**
 * Multinomial logistic regression with an L2 penalty, all examples in every step (Adam), from zero: the same examples
 * give the same weights.
 */
export function fitRegression(examples: readonly Example[], penalty: number): Regression {
  const width = INTENTS.length;
  const parameters = new Float64Array((SLOTS + 1) * width);
  const mean = new Float64Array(parameters.length);
  const spread = new Float64Array(parameters.length);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(parameters.length);
    for (const { features, intent, offset } of examples) {
      const logits = INTENTS.map(
        (_, at) => (parameters[SLOTS * width + at] ?? 0) + (offset?.[at] ?? 0),
      );
      for (const [slot, value] of features) {
        for (let at = 0; at < width; at += 1) {
          logits[at] = (logits[at] ?? 0) + value * (parameters[slot * width + at] ?? 0);
        }
      }
      const errors = softmax(logits).map(
        (p, at) => (p - (at === intent ? 1 : 0)) / examples.length,
      );
      for (const [slot, value] of features) addTo(gradient, slot * width, errors, value);
      // What is added to has its own: where nothing is known, nothing may change.
      if (!offset) addTo(gradient, SLOTS * width, errors, 1);
    }
    for (let at = 0; at < parameters.length; at += 1) {
      const held = parameters[at] ?? 0;
      const slope = (gradient[at] ?? 0) + (at < SLOTS * width ? penalty * held : 0);
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * slope;
      spread[at] = 0.999 * (spread[at] ?? 0) + 0.001 * slope * slope;
      const steadied = (mean[at] ?? 0) / (1 - 0.9 ** step);
      const scale = Math.sqrt((spread[at] ?? 0) / (1 - 0.999 ** step)) + 1e-8;
      parameters[at] = held - (RATE * steadied) / scale;
    }
  }
  return {
    bias: [...parameters.slice(SLOTS * width)],
    weights: parameters.slice(0, SLOTS * width),
  };
}

function addTo(target: Float64Array, from: number, errors: readonly number[], value: number): void {
  errors.forEach((error, at) => {
    target[from + at] = (target[from + at] ?? 0) + error * value;
  });
}
