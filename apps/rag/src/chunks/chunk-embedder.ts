import { Inject, Injectable } from '@nestjs/common';
import { EmbeddingEngine, isModelFailed, ModelMetrics } from '@parley/ai';
import { logEvent, requestContext } from '@parley/observability';
import type { ChunkEntity } from './chunk.entity';
import { meanVector, unitsOf, vectorName } from './vector-unit';

/** Makes the vectors of chunks, the same way for new ones and for those that wait for theirs. */
@Injectable()
export class ChunkEmbedder {
  /** What the vectors are known by. */
  readonly vectorName: string;

  constructor(
    @Inject(EmbeddingEngine) private readonly engine: EmbeddingEngine,
    @Inject(ModelMetrics) private readonly models: ModelMetrics,
  ) {
    this.vectorName = vectorName(engine);
  }

  /** @returns null when the model failed: a document found by its words is better than none. */
  async embed(
    chunks: Pick<ChunkEntity, 'context' | 'text'>[],
    signal: AbortSignal | undefined = requestContext().deadline?.signal,
  ): Promise<Float32Array[] | null> {
    try {
      return await this.meansOf(chunks, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isModelFailed(error)) throw error;
      this.models.fellBack(error.engine, error.reason);
      logEvent('vectors.missing', { engine: error.engine, reason: error.reason });
      return null;
    }
  }

  private async meansOf(
    chunks: Pick<ChunkEntity, 'context' | 'text'>[],
    signal: AbortSignal | undefined,
  ): Promise<Float32Array[]> {
    const units = chunks.map((chunk) => unitsOf(chunk, this.engine.unit));
    // Headings and overlaps stand in several chunks: each is embedded once.
    const texts = [...new Set(units.flat())];
    const vectors = await this.engine.embed(texts, signal ? { signal } : {});
    const byText = new Map(texts.map((text, index) => [text, vectors[index]]));
    return units.map((own) => meanVector(own.flatMap((text) => byText.get(text) ?? [])));
  }
}
