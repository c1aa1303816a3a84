import { setImmediate } from 'node:timers/promises';
import { SpeechEngine, type TranscribeOptions, type Transcription } from '@parley/ai';

/** Another engine, of which one can wait until it has nothing to do. */
export class AwaitedEngine extends SpeechEngine {
  readonly name: string;
  readonly languages: readonly string[];
  private readonly running = new Set<Promise<Transcription>>();

  constructor(private readonly engine: SpeechEngine) {
    super();
    this.name = engine.name;
    this.languages = engine.languages;
  }

  transcribe(samples: Float32Array, options?: TranscribeOptions): Promise<Transcription> {
    const transcription = this.engine.transcribe(samples, options);
    this.running.add(transcription);
    const done = (): void => void this.running.delete(transcription);
    transcription.then(done, done);
    return transcription;
  }

  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
    // What waits for an answer has its turn.
    await setImmediate();
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
