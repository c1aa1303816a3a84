import type { z } from 'zod';
import { TextEngine, type ProseRequest, type TextRequest } from '../text/text-engine';
import { EngineState, measuredCall, measuredStream } from './measured-call';
import type { ModelMetrics } from './model.metrics';

/** A text engine whose requests are counted. */
export class MeasuredTextEngine extends TextEngine {
  readonly name: string;
  readonly state = new EngineState();

  constructor(
    private readonly engine: TextEngine,
    private readonly metrics: ModelMetrics,
  ) {
    super();
    this.name = engine.name;
  }

  complete<Schema extends z.ZodType>(request: TextRequest<Schema>): Promise<z.infer<Schema>> {
    return measuredCall(this.name, this.measure, () => this.engine.complete(request));
  }

  override stream(request: ProseRequest): AsyncIterable<string> {
    return measuredStream(this.name, this.measure, this.engine.stream(request));
  }

  private get measure() {
    return { metrics: this.metrics, state: this.state };
  }
}
