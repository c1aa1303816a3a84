import type OpenAI from 'openai';
import type { ModelMetrics } from '../measure/model.metrics';
import { withPatience } from '../patience';
import { ModelFailedError } from '../text/model-failed.error';
import { callModel, openAiClient, type OpenAiSettings } from '../text/openai-client';
import { EmbeddingEngine, type EmbedOptions } from './embedding-engine';
import { toUnitLength } from './unit-vector';

export interface OpenAiEmbeddingOptions {
  /** For one request, retries included. Default: 20000. */
  timeoutMs?: number;
  /** Is told what the endpoint says it used. */
  metrics?: Pick<ModelMetrics, 'used'>;
}

const REQUEST_TEXTS = 128;
const DIMENSIONS = 512;

/** Vectors from any OpenAI-compatible endpoint whose model can give 512 dimensions. */
export class OpenAiEmbeddingEngine extends EmbeddingEngine {
  readonly name: string;
  readonly dimensions = DIMENSIONS;
  readonly unit = 'passage';
  private readonly client: OpenAI;
  private readonly timeoutMs: number;
  private readonly metrics: Pick<ModelMetrics, 'used'> | undefined;

  constructor(
    settings: OpenAiSettings,
    private readonly model: string,
    { timeoutMs = 20_000, metrics }: OpenAiEmbeddingOptions = {},
  ) {
    super();
    this.name = `openai:${model}:${DIMENSIONS}`;
    this.timeoutMs = timeoutMs;
    this.metrics = metrics;
    this.client = openAiClient(settings, { timeoutMs });
  }

  /** @throws ModelFailedError; there is no local fallback, since vectors of two models do not compare. */
  embed(texts: string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    return withPatience(this.name, options, (signal) => this.embedUntil(signal, texts));
  }

  async close(): Promise<void> {
    // The SDK holds nothing that would have to be closed.
  }

  private async embedUntil(
    signal: AbortSignal | undefined,
    texts: string[],
  ): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += REQUEST_TEXTS) {
      const batch = texts.slice(start, start + REQUEST_TEXTS);
      vectors.push(
        ...(await callModel(this.name, (limited) => this.request(batch, limited), {
          signal,
          timeoutMs: this.timeoutMs,
        })),
      );
    }
    return vectors;
  }

  private async request(input: string[], signal: AbortSignal): Promise<Float32Array[]> {
    const answer = await this.client.embeddings.create(
      { model: this.model, input, dimensions: DIMENSIONS, encoding_format: 'float' },
      { signal },
    );
    // Typed as present, but "compatible" servers leave things out.
    const usage = answer.usage as typeof answer.usage | undefined;
    if (usage) this.metrics?.used(this.name, { input: usage.prompt_tokens, output: 0 });
    const vectors = new Array<Float32Array | undefined>(input.length).fill(undefined);
    for (const { index, embedding } of answer.data) vectors[index] = this.check(embedding);
    return vectors.map((vector) => vector ?? this.unusable('a vector is missing'));
  }

  private check(embedding: number[]): Float32Array {
    if (!Array.isArray(embedding) || embedding.length !== DIMENSIONS) {
      this.unusable(`the model does not give ${DIMENSIONS} dimensions`);
    }
    return toUnitLength(Float32Array.from(embedding)) ?? this.unusable('a vector is not usable');
  }

  private unusable(detail: string): never {
    throw new ModelFailedError(this.name, 'out-of-shape', detail);
  }
}
