import { Inject, Injectable, Optional } from '@nestjs/common';
import { EndpointGuard, isModelFailed, ModelMetrics } from '@parley/ai';
import { SETTINGS } from '@parley/config';
import { HealthRegistry } from '@parley/health';
import { logEvent, requestContext } from '@parley/observability';
import type { RagSettings } from '../rag.settings';
import { Reranker } from './reranker';

/** Asks the re-ranker, where there is one, in the time that a search has for it, and leaves it alone after it failed. */
@Injectable()
export class Reranking {
  private readonly guard: EndpointGuard | undefined;
  private lastFailure: string | undefined;

  constructor(
    @Optional() @Inject(Reranker) private readonly reranker: Reranker | null,
    @Inject(SETTINGS) private readonly settings: RagSettings,
    @Inject(ModelMetrics) private readonly models: ModelMetrics,
    @Inject(HealthRegistry) health: HealthRegistry,
  ) {
    if (!reranker) return;
    this.guard = new EndpointGuard(reranker.name, models);
    health.registerHealthCheck('reranking', false, async () => ({
      up: this.lastFailure === undefined,
      engine: reranker.name,
      ...(this.lastFailure === undefined ? {} : { reason: this.lastFailure }),
    }));
  }

  /** How many hits have to be found, that so many can be listed. */
  wanted(limit: number): number {
    return this.reranker ? Math.max(limit, this.settings.RAG_RERANK_CANDIDATES) : limit;
  }

  /** @returns a score for each text, more is better; `none` without a re-ranker, `failed` when it failed */
  async scores(query: string, texts: string[]): Promise<number[] | 'none' | 'failed'> {
    const { reranker, guard } = this;
    if (!reranker || !guard || texts.length === 0) return 'none';
    const waiting = {
      signal: requestContext().deadline?.signal,
      patienceMs: this.settings.RAG_RERANK_SECONDS * 1_000,
    };
    try {
      const scores = await this.ask(reranker, guard, () => reranker.scores(query, texts, waiting));
      this.lastFailure = undefined;
      return scores;
    } catch (error) {
      waiting.signal?.throwIfAborted();
      if (!isModelFailed(error)) throw error;
      this.lastFailure = error.reason;
      this.models.fellBack(reranker.name, error.reason);
      logEvent('search.not-reranked', { engine: reranker.name, reason: error.reason });
      return 'failed';
    }
  }

  private async ask(
    { name }: Reranker,
    guard: EndpointGuard,
    call: () => Promise<number[]>,
  ): Promise<number[]> {
    const asked = guard.enter({ signal: requestContext().deadline?.signal });
    const startedAt = performance.now();
    const note = (outcome: string): void => {
      this.models.asked(name, outcome, (performance.now() - startedAt) / 1_000);
    };
    try {
      const scores = await call();
      asked.answered();
      note('ok');
      return scores;
    } catch (error) {
      asked.failed(error);
      note(isModelFailed(error) ? error.reason : 'given-up');
      throw error;
    }
  }
}
