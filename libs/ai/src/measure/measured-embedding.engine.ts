import { EmbeddingEngine, type EmbedOptions } from '../embedding/embedding-engine';
import { EngineState, measuredCall } from './measured-call';
import type { ModelMetrics } from './model.metrics';

/** An embedding engine whose requests are counted. */
export class MeasuredEmbeddingEngine extends EmbeddingEngine {
  readonly name: string;
  readonly dimensions: number;
  readonly unit: EmbeddingEngine['unit'];
  private readonly state = new EngineState();

  constructor(
    private readonly engine: EmbeddingEngine,
    private readonly metrics: ModelMetrics,
  ) {
    super();
    this.name = engine.name;
    this.dimensions = engine.dimensions;
    this.unit = engine.unit;
  }

  embed(texts: string[], options?: EmbedOptions): Promise<Float32Array[]> {
    const { metrics, state } = this;
    return measuredCall(this.name, { metrics, state }, () => this.engine.embed(texts, options));
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
