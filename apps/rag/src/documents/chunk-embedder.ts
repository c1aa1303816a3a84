import { Inject, Injectable } from '@nestjs/common';
import { EmbeddingEngine, isModelFailed, ModelMetrics } from '@parley/ai';
import { logEvent, requestContext } from '@parley/observability';
import type { ChunkEntity } from './chunk.entity';

/** Makes the vectors of chunks, the same way for new ones and for those that wait for theirs. */
@Injectable()
export class ChunkEmbedder {
  constructor(
    @Inject(EmbeddingEngine) private readonly engine: EmbeddingEngine,
    @Inject(ModelMetrics) private readonly models: ModelMetrics,
  ) {}

  get engineName(): string {
    return this.engine.name;
  }

  /** @returns null when the model failed: a document found by its words is better than none. */
  async embed(
    chunks: Pick<ChunkEntity, 'context' | 'text'>[],
    signal: AbortSignal | undefined = requestContext().deadline?.signal,
  ): Promise<Float32Array[] | null> {
    try {
      return await this.engine.embed(chunks.map(embeddedText), signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      if (!isModelFailed(error)) throw error;
      this.models.fellBack(error.engine, error.reason);
      logEvent('vectors.missing', { engine: error.engine, reason: error.reason });
      return null;
    }
  }
}

/** The nearest heading says what "it" is about; the whole path would drown a short text. */
function embeddedText({ context, text }: Pick<ChunkEntity, 'context' | 'text'>): string {
  const heading = context.split('\n').at(-1) ?? '';
  return heading === '' ? text : `${heading}: ${text}`;
}
