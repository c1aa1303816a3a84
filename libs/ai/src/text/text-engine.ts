import { z } from 'zod';
import type { Waiting } from '../patience';

/** What a request cost, as the endpoint counts it. */
export interface TokenUse {
  input: number;
  output: number;
}

export interface TextRequest<Schema extends z.ZodType> extends Waiting {
  /** Name of the structured output, `^[a-z_]+$`. */
  name: string;
  schema: Schema;
  /** What the model is to do; never contains speech or document text. */
  instructions: string;
  /** Untrusted material to work on. */
  input: string;
  /** About how many tokens the answer takes, where that is known before: a budget sets that much aside. The model is not told. */
  answerTokens?: number;
  /** Is told once what the endpoint says it used, also of an answer that is of no use; not every endpoint says it. */
  onUse?: (use: TokenUse) => void;
}

/** A request for prose that is read while it is written. */
export type ProseRequest = Omit<TextRequest<z.ZodType>, 'schema'>;

const prose = z.object({ text: z.string() });

/**
 * A language model that answers in a given structure. There is no local one: whoever injects it takes
 * `TextEngine | null` and has an extractive way that says `degraded` when a configured model failed.
 */
export abstract class TextEngine {
  abstract readonly name: string;
  /** @throws ModelFailedError when the model cannot be reached, is too slow, or answers out of shape. */
  abstract complete<Schema extends z.ZodType>(
    request: TextRequest<Schema>,
  ): Promise<z.infer<Schema>>;

  /**
   * Prose, in pieces as they are written; an engine that cannot stream gives it whole.
   * @throws ModelFailedError as {@link complete}, also when it falls silent or does not end.
   */
  async *stream(request: ProseRequest): AsyncIterable<string> {
    yield (await this.complete({ ...request, schema: prose })).text;
  }
}
