import { writeFileSync } from 'node:fs';
import { INTENTS } from '@parley/contracts';
import {
  logitsOf,
  WEIGHTS_FILE,
  type IntentWeights,
  type WeightsFile,
} from '../src/analysis/intent/learnt/intent-weights';
import { featuresOf, SLOTS } from '../src/analysis/intent/learnt/utterance-features';
import { labelledUtterances } from '../src/analysis/test-data/labelled-utterances';
import { contextExamples, withContext } from './context-examples';
import { clausesOf, readLabelled } from './labelled-data';
import { bestTemperature, lossOf, type Guess } from './guesses';
import { fitRegression, type Example, type Regression } from './softmax-regression';

const PENALTIES = [0.0001, 0.0003, 0.001, 0.003];
const FOLDS = 4;

/**
 * Learns the intents and writes the weights: first from utterances alone, then, on top of that and without changing
 * it, what an utterance has from the one before. Penalties and temperature are the ones under which utterances are
 * least surprising to a model that learnt from others; nothing that is held out is read.
 */
export function trainIntents(say: (line: string) => void): void {
  const real = readLabelled('real-utterances').filter(({ part }) => part === 'learn');
  const written = readLabelled('utterances').filter(({ part }) => part === 'learn');
  const utterances = [...written, ...real, ...labelledUtterances('tuning')];
  const examples = utterances.map(({ text, intent }): Example => ({
    features: featuresOf(clausesOf(text), null),
    intent: INTENTS.indexOf(intent),
  }));
  const tried = PENALTIES.map((penalty) => {
    const guesses = guessesOf(examples, penalty);
    const temperature = bestTemperature(guesses);
    const loss = lossOf(guesses, temperature);
    say(`penalty ${penalty}, temperature ${temperature}: loss ${loss.toFixed(3)}`);
    return { penalty, temperature, loss, guesses };
  });
  const best = tried.reduce((one, other) => (other.loss < one.loss ? other : one));
  const alone = fitRegression(examples, best.penalty);
  // What the first model says of an utterance that it did not learn from: of those it knows it is too sure.
  const unseen = new Map(
    utterances.flatMap((one, at) => {
      const guess = best.guesses[at];
      return guess ? [[one, guess.logits] as const] : [];
    }),
  );
  const context = contextExamples(
    [...real, ...readLabelled('exchanges').filter(({ part }) => part === 'learn')],
    (one, features) => unseen.get(one) ?? logitsOf(features, inBytes(alone)),
  );
  const learnt = withContext(alone, context, best.temperature, say);
  // In the steps of the first: what is added may not make its weights coarser.
  const { bias, weights, step } = inBytes(learnt, stepOf(alone));
  const file: WeightsFile = {
    intents: INTENTS,
    slots: SLOTS,
    step,
    bias: [...bias],
    temperature: best.temperature,
    weights: Buffer.from(Int8Array.from(weights).buffer).toString('base64'),
  };
  writeFileSync(WEIGHTS_FILE, `${JSON.stringify(file, null, 2)}\n`);
  say(
    `${examples.length} utterances and ${context.length} with what was before them learnt from, ` +
      `penalty ${best.penalty}: ${WEIGHTS_FILE}`,
  );
}

/** What is said of each example, in their order, by a model that did not learn from it. */
function guessesOf(examples: readonly Example[], penalty: number): Guess[] {
  const models = Array.from({ length: FOLDS }, (_, fold) =>
    inBytes(
      fitRegression(
        examples.filter((_, at) => at % FOLDS !== fold),
        penalty,
      ),
    ),
  );
  return examples.flatMap(({ features, intent }, at) => {
    const model = models[at % FOLDS];
    return model ? [{ logits: logitsOf(features, model), intent }] : [];
  });
}

function stepOf({ weights }: Regression): number {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return Number((largest / 127).toPrecision(8));
}

function inBytes(regression: Regression, step = stepOf(regression)): IntentWeights {
  const { bias, weights } = regression;
  return {
    bias: bias.map((one) => Number(one.toFixed(6))),
    temperature: 1,
    step,
    weights: weights.map((weight) => Math.max(-127, Math.min(127, Math.round(weight / step)))),
  };
}
