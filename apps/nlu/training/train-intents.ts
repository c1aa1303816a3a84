import { writeFileSync } from 'node:fs';
import { INTENTS } from '@parley/contracts';
import {
  logitsOf,
  softmax,
  WEIGHTS_FILE,
  type IntentWeights,
  type WeightsFile,
} from '../src/analysis/intent/learnt/intent-weights';
import { featuresOf, SLOTS } from '../src/analysis/intent/learnt/utterance-features';
import { labelledUtterances } from '../src/analysis/test-data/labelled-utterances';
import { clausesOf, readLabelled, SOURCES } from './labelled-data';
import { fitRegression, type Example, type Regression } from './softmax-regression';

const PENALTIES = [0.0001, 0.0003, 0.001, 0.003];
const FOLDS = 4;

interface Guess {
  logits: number[];
  intent: number;
}

/**
 * Learns the intents and writes the weights. Penalty and temperature are the ones under which utterances are least
 * surprising to a model that learnt from the other three quarters; nothing that is held out is read.
 */
export function trainIntents(say: (line: string) => void): void {
  const examples = [
    ...SOURCES.flatMap(readLabelled).filter(({ part }) => part === 'learn'),
    ...labelledUtterances('tuning'),
  ].map(({ text, intent }): Example => ({
    features: featuresOf(clausesOf(text)),
    intent: INTENTS.indexOf(intent),
  }));
  const tried = PENALTIES.map((penalty) => {
    const guesses = guessesOf(examples, penalty);
    const temperature = bestTemperature(guesses);
    const loss = lossOf(guesses, temperature);
    say(`penalty ${penalty}, temperature ${temperature}: loss ${loss.toFixed(3)}`);
    return { penalty, temperature, loss };
  });
  const best = tried.reduce((one, other) => (other.loss < one.loss ? other : one));
  const { bias, weights, step } = inBytes(fitRegression(examples, best.penalty));
  const file: WeightsFile = {
    intents: INTENTS,
    slots: SLOTS,
    step,
    bias: [...bias],
    temperature: best.temperature,
    weights: Buffer.from(Int8Array.from(weights).buffer).toString('base64'),
  };
  writeFileSync(WEIGHTS_FILE, `${JSON.stringify(file, null, 2)}\n`);
  say(`${examples.length} utterances learnt from, penalty ${best.penalty}: ${WEIGHTS_FILE}`);
}

/** What is said of each example by a model that did not learn from it. */
function guessesOf(examples: readonly Example[], penalty: number): Guess[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const learnt = fitRegression(
      examples.filter((_, at) => at % FOLDS !== fold),
      penalty,
    );
    const model = inBytes(learnt);
    return examples
      .filter((_, at) => at % FOLDS === fold)
      .map(({ features, intent }) => ({ logits: logitsOf(features, model), intent }));
  });
}

function inBytes({ bias, weights }: Regression): IntentWeights {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const step = Number((largest / 127).toPrecision(8));
  return {
    bias: bias.map((one) => Number(one.toFixed(6))),
    temperature: 1,
    step,
    weights: weights.map((weight) => Math.round(weight / step)),
  };
}

function bestTemperature(guesses: readonly Guess[]): number {
  const candidates = Array.from({ length: 76 }, (_, at) => Number((0.5 + at * 0.02).toFixed(2)));
  return candidates.reduce((best, one) =>
    lossOf(guesses, one) < lossOf(guesses, best) ? one : best,
  );
}

/** Mean negative log likelihood of what people say, in nats. */
function lossOf(guesses: readonly Guess[], temperature: number): number {
  const losses = guesses.map(({ logits, intent }) => {
    const probability = softmax(logits.map((logit) => logit / temperature))[intent] ?? 0;
    return -Math.log(Math.max(1e-9, probability));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
