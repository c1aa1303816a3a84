import type { TextEngine } from '@parley/ai';
import { INTENTS, type Intent } from '@parley/contracts';
import { z } from 'zod';

const answer = z.object({ intent: z.enum(INTENTS), confidence: z.number().min(0).max(1) });
export type ModelIntent = z.infer<typeof answer>;

/** The answer has some 20; a model may reason before it. */
const ANSWER_TOKENS = 100;

/** What comes later comes too late for who is talking. */
const PATIENCE_MS = 3_000;

const INSTRUCTIONS = `The input is one utterance of a meeting and what was wanted by those before it. Tell what its
speaker wants by it, and how sure you are, from 0 to 1:
question: wants to know something; decision: says what the meeting decides, or agrees to it; task: takes on work or
gives it to somebody by name; request: asks somebody present to do something; scheduling: wants a meeting or a date;
statement: tells something; social: greets, thanks, jokes, or only shows that they listen.`;

/**
 * What the model takes the utterance for. It is given the words of this utterance alone: nlu keeps no others.
 * @param before intents of the utterances before it, oldest first.
 * @throws ModelFailedError also when it answers anything but an intent.
 */
export function intentBy(
  engine: TextEngine,
  text: string,
  before: readonly Intent[],
): Promise<ModelIntent> {
  const input = `Before: ${before.join(', ') || 'nothing'}\nUtterance: ${text}`;
  return engine.complete({
    name: 'utterance_intent',
    schema: answer,
    instructions: INSTRUCTIONS,
    input,
    answerTokens: ANSWER_TOKENS,
    patienceMs: PATIENCE_MS,
  });
}
