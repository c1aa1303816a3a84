import { EmbeddingEngine, type EmbedOptions } from '../embedding/embedding-engine';
import type { EndpointGuard } from './endpoint-guard';

/** An embedding engine whose endpoint is left alone after it failed: it fails at once meanwhile, as `resting`. */
export class GuardedEmbeddingEngine extends EmbeddingEngine {
  readonly name: string;
  readonly dimensions: number;
  readonly unit: EmbeddingEngine['unit'];

  constructor(
    private readonly engine: EmbeddingEngine,
    private readonly guard: EndpointGuard,
  ) {
    super();
    this.name = engine.name;
    this.dimensions = engine.dimensions;
    this.unit = engine.unit;
  }

  async embed(texts: string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    const asked = this.guard.enter(options);
    try {
      const vectors = await this.engine.embed(texts, options);
      asked.answered();
      return vectors;
    } catch (error) {
      asked.failed(error);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
