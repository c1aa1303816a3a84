import { Inject, Injectable, Logger } from '@nestjs/common';
import { EmbeddingEngine, isModelFailed } from '@parley/ai';
import type { ChunkEntity } from './chunk.entity';

/** Makes the vectors of chunks, the same way for new ones and for those that wait for theirs. */
@Injectable()
export class ChunkEmbedder {
  private readonly logger = new Logger(ChunkEmbedder.name);

  constructor(@Inject(EmbeddingEngine) private readonly engine: EmbeddingEngine) {}

  get engineName(): string {
    return this.engine.name;
  }

  /** @returns null when the model failed: a document found by its words is better than none. */
  async embed(
    chunks: Pick<ChunkEntity, 'context' | 'text'>[],
    signal?: AbortSignal,
  ): Promise<Float32Array[] | null> {
    try {
      return await this.engine.embed(chunks.map(embeddedText), signal ? { signal } : {});
    } catch (error) {
      if (!isModelFailed(error)) throw error;
      this.logger.warn({ engine: error.engine, reason: error.reason }, 'no vectors for now');
      return null;
    }
  }
}

/** The nearest heading says what "it" is about; the whole path would drown a short text. */
function embeddedText({ context, text }: Pick<ChunkEntity, 'context' | 'text'>): string {
  const heading = context.split('\n').at(-1) ?? '';
  return heading === '' ? text : `${heading}: ${text}`;
}
