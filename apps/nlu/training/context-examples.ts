import { INTENTS } from '@parley/contracts';
import {
  contextOf,
  featuresOf,
  type Features,
} from '../src/analysis/intent/learnt/utterance-features';
import { lossOf, type Guess } from './guesses';
import { beforeOf, clausesOf, type LabelledUtterance } from './labelled-data';
import { fitRegression, type Example, type Regression } from './softmax-regression';

/** An utterance of which is known what was said before it. */
export interface ContextExample extends Example {
  offset: readonly number[];
  /** The meeting it is from: those of one meeting are learnt from, or judged, together. */
  group: string;
}

const PENALTIES = [0.0003, 0.001, 0.003, 0.01, 0.03];

/** @param alone what is said of the utterance without what was before it. */
export function contextExamples(
  utterances: readonly LabelledUtterance[],
  alone: (utterance: LabelledUtterance, features: Features) => readonly number[],
): ContextExample[] {
  return utterances.flatMap((utterance) => {
    const before = beforeOf(utterance);
    if (!before) return [];
    const clauses = clausesOf(utterance.text);
    return [
      {
        features: contextOf(clauses, before),
        offset: alone(utterance, featuresOf(clauses, null)),
        intent: INTENTS.indexOf(utterance.intent),
        // A turn is one of a real meeting; what was written is in groups of its own.
        group: `${utterance.turn === undefined ? 'written' : 'real'} ${utterance.meeting ?? ''}`,
      },
    ];
  });
}

/** The regression with what hangs on the utterance before added to it; nothing else of it changes. */
export function withContext(
  alone: Regression,
  examples: readonly ContextExample[],
  temperature: number,
  say: (line: string) => void,
): Regression {
  const tried = PENALTIES.map((penalty) => {
    const guesses = guessesOf(examples, penalty);
    const loss = lossOf(guesses, temperature);
    say(`what was said before, penalty ${penalty}: loss ${loss.toFixed(3)}`);
    return { penalty, loss };
  });
  const without = lossOf(examples.map(aloneOf), temperature);
  say(`what was said before, not looked at: loss ${without.toFixed(3)}`);
  const { penalty } = tried.reduce((one, other) => (other.loss < one.loss ? other : one));
  const added = fitRegression(examples, penalty);
  return {
    bias: alone.bias,
    weights: alone.weights.map((one, at) => one + (added.weights[at] ?? 0)),
  };
}

function aloneOf({ offset, intent }: ContextExample): Guess {
  return { logits: offset, intent };
}

/** What is said of each example by a model that learnt from the other meetings. */
function guessesOf(examples: readonly ContextExample[], penalty: number): Guess[] {
  const groups = [...new Set(examples.map(({ group }) => group))];
  return groups.flatMap((left) => {
    const { weights } = fitRegression(
      examples.filter(({ group }) => group !== left),
      penalty,
    );
    return examples
      .filter(({ group }) => group === left)
      .map(({ features, offset, intent }) => ({
        intent,
        logits: offset.map((logit, at) =>
          [...features].reduce(
            (sum, [slot, value]) => sum + value * (weights[slot * INTENTS.length + at] ?? 0),
            logit,
          ),
        ),
      }));
  });
}
