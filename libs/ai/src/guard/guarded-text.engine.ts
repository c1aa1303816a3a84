import type { z } from 'zod';
import { TextEngine, type ProseRequest, type TextRequest } from '../text/text-engine';
import type { EndpointGuard } from './endpoint-guard';

/** A text engine whose endpoint is left alone after it failed: it fails at once meanwhile, as `resting`. */
export class GuardedTextEngine extends TextEngine {
  readonly name: string;

  constructor(
    private readonly engine: TextEngine,
    private readonly guard: EndpointGuard,
  ) {
    super();
    this.name = engine.name;
  }

  async complete<Schema extends z.ZodType>(request: TextRequest<Schema>): Promise<z.infer<Schema>> {
    const asked = this.guard.enter(request);
    try {
      const answer = await this.engine.complete(request);
      asked.answered();
      return answer;
    } catch (error) {
      asked.failed(error);
      throw error;
    }
  }

  override async *stream(request: ProseRequest): AsyncIterable<string> {
    const asked = this.guard.enter(request);
    try {
      for await (const piece of this.engine.stream(request)) {
        // Whoever waits to try need not wait for the last one.
        asked.answered();
        yield piece;
      }
    } catch (error) {
      asked.failed(error);
      throw error;
    } finally {
      // A reader who stops early ends the generator here.
      asked.left();
    }
  }
}
