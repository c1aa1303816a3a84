import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EmbeddingEngine, isModelFailed, ModelMetrics } from '@parley/ai';
import { SETTINGS } from '@parley/config';
import { HealthRegistry } from '@parley/health';
import { logEvent, requestContext } from '@parley/observability';
import { vectorName } from '../chunks/vector-unit';
import type { RagSettings } from '../rag.settings';
import type { QueryVector } from './search.repository';

/** Embeds questions in the time that a live meeting has for them, and knows whether that works at present. */
@Injectable()
export class QueryEmbedder implements OnApplicationBootstrap {
  private lastFailure: string | undefined;

  constructor(
    @Inject(EmbeddingEngine) private readonly engine: EmbeddingEngine,
    @Inject(SETTINGS) private readonly settings: RagSettings,
    @Inject(ModelMetrics) private readonly models: ModelMetrics,
    @Inject(HealthRegistry) health: HealthRegistry,
  ) {
    health.registerHealthCheck('embeddings', false, async () => ({
      up: this.lastFailure === undefined,
      engine: this.engine.name,
      ...(this.lastFailure === undefined ? {} : { reason: this.lastFailure }),
    }));
  }

  /** The first question of a meeting does not wait for the weights to load. */
  onApplicationBootstrap(): void {
    this.engine.embed(['Is everything ready?']).then(
      () => undefined,
      (error: unknown) => {
        this.note(error);
      },
    );
  }

  /** @returns undefined when the model failed: another model's vectors would not compare. */
  async embed(query: string): Promise<QueryVector | undefined> {
    const patienceMs = this.settings.RAG_QUERY_EMBEDDING_SECONDS * 1_000;
    const signal = requestContext().deadline?.signal;
    try {
      const [vector] = await this.engine.embed([query], { signal, patienceMs });
      this.lastFailure = undefined;
      return vector && { engine: vectorName(this.engine), vector };
    } catch (error) {
      signal?.throwIfAborted();
      if (!isModelFailed(error)) throw error;
      this.note(error);
      return undefined;
    }
  }

  private note(error: unknown): void {
    const reason = isModelFailed(error) ? error.reason : 'timeout';
    if (reason === 'closed') return;
    this.lastFailure = reason;
    this.models.fellBack(this.engine.name, reason);
    logEvent('search.words-only', { engine: this.engine.name, reason });
  }
}
