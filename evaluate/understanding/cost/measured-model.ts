import { TextEngine, type ProseRequest, type TextRequest, type TokenUse } from '@parley/ai';
import type { z } from 'zod';

/** An engine whose calls are counted, with the tokens that its endpoint says it used. */
export class MeasuredModel extends TextEngine {
  readonly name: string;
  calls = 0;
  readonly used: TokenUse = { input: 0, output: 0 };
  /** Calls whose endpoint did not say what they used: the tokens are too few. */
  untold = 0;

  constructor(private readonly engine: TextEngine) {
    super();
    this.name = engine.name;
  }

  async complete<Schema extends z.ZodType>(request: TextRequest<Schema>): Promise<z.infer<Schema>> {
    const { told, ...counted } = this.counted(request);
    try {
      return await this.engine.complete<Schema>({ ...request, ...counted });
    } finally {
      told();
    }
  }

  override async *stream(request: ProseRequest): AsyncIterable<string> {
    const { told, ...counted } = this.counted(request);
    try {
      yield* this.engine.stream({ ...request, ...counted });
    } finally {
      told();
    }
  }

  private counted({ onUse }: ProseRequest): {
    onUse: (use: TokenUse) => void;
    told: () => void;
  } {
    this.calls++;
    let isTold = false;
    return {
      onUse: (use) => {
        isTold = true;
        this.used.input += use.input;
        this.used.output += use.output;
        onUse?.(use);
      },
      told: () => {
        if (!isTold) this.untold++;
      },
    };
  }
}
