import {
  isModelFailed,
  ModelFailedError,
  TextEngine,
  type ProseRequest,
  type TextRequest,
} from '@parley/ai';
import type { z } from 'zod';
import type { ModelBudget } from './model-budget';

/** About what English takes; only used where the endpoint does not say, and before it can. */
const CHARACTERS_PER_TOKEN = 4;
/** Set aside for an answer of whose length the request says nothing. */
const ANSWER_TOKENS = 1_000;
/** The model did no work, so that nothing is owed. */
const UNPAID: readonly string[] = ['unreachable', 'refused', 'busy', 'resting'];

/** A text engine that works for certain meetings while they have tokens left. */
export class BudgetedTextEngine extends TextEngine {
  readonly name: string;

  constructor(
    private readonly engine: TextEngine,
    private readonly budget: ModelBudget,
    private readonly meetingIds: string[],
  ) {
    super();
    this.name = engine.name;
  }

  async complete<Schema extends z.ZodType>(request: TextRequest<Schema>): Promise<z.infer<Schema>> {
    const account = await this.open(request);
    try {
      const answer = await this.engine.complete({ ...request, onUse: account.onUse });
      account.wrote(JSON.stringify(answer));
      return answer;
    } catch (error) {
      account.failed(error);
      throw error;
    } finally {
      await account.close();
    }
  }

  override async *stream(request: ProseRequest): AsyncIterable<string> {
    const account = await this.open(request);
    try {
      for await (const piece of this.engine.stream({ ...request, onUse: account.onUse })) {
        account.wrote(piece);
        yield piece;
      }
    } catch (error) {
      account.failed(error);
      throw error;
    } finally {
      await account.close();
    }
  }

  private async open(request: ProseRequest) {
    const input = tokensOf(request.instructions.length + request.input.length);
    const { answerTokens = ANSWER_TOKENS } = request;
    const reservation = await this.budget.reserve(this.meetingIds, input + answerTokens);
    if (!reservation) {
      throw new ModelFailedError(this.name, 'budget-spent', 'the tokens of the meeting are spent');
    }
    let characters = 0;
    let told: number | undefined;
    let unpaid = false;
    return {
      onUse: (use: { input: number; output: number }): void => {
        told = use.input + use.output;
        request.onUse?.(use);
      },
      wrote: (text: string): void => {
        characters += text.length;
      },
      failed: (error: unknown): void => {
        unpaid = isModelFailed(error) && UNPAID.includes(error.reason);
      },
      close: (): Promise<void> => {
        const estimated = unpaid ? 0 : input + tokensOf(characters);
        return this.budget.settle(reservation, told ?? estimated);
      },
    };
  }
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
