import { softmax } from '../src/analysis/intent/learnt/intent-weights';

/** What a model says of an utterance, and what people say. */
export interface Guess {
  logits: readonly number[];
  /** Its place in INTENTS. */
  intent: number;
}

export function bestTemperature(guesses: readonly Guess[]): number {
  const candidates = Array.from({ length: 76 }, (_, at) => Number((0.5 + at * 0.02).toFixed(2)));
  return candidates.reduce((best, one) =>
    lossOf(guesses, one) < lossOf(guesses, best) ? one : best,
  );
}

/** Mean negative log likelihood of what people say, in nats. */
export function lossOf(guesses: readonly Guess[], temperature: number): number {
  const losses = guesses.map(({ logits, intent }) => {
    const probability = softmax(logits.map((logit) => logit / temperature))[intent] ?? 0;
    return -Math.log(Math.max(1e-9, probability));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
