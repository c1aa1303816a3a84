import { SpeechEngine, type TranscribeOptions, type Transcription } from '../speech/speech-engine';
import { EngineState, measuredCall } from './measured-call';
import type { ModelMetrics } from './model.metrics';

/** A speech engine whose requests are counted. */
export class MeasuredSpeechEngine extends SpeechEngine {
  readonly name: string;
  readonly languages: readonly string[];
  private readonly state = new EngineState();

  constructor(
    private readonly engine: SpeechEngine,
    private readonly metrics: ModelMetrics,
  ) {
    super();
    this.name = engine.name;
    this.languages = engine.languages;
  }

  transcribe(samples: Float32Array, options?: TranscribeOptions): Promise<Transcription> {
    const { metrics, state } = this;
    const call = () => this.engine.transcribe(samples, options);
    return measuredCall(this.name, { metrics, state }, call);
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
