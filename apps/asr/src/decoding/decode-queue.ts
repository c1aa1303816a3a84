import type { SpeechEngine, Transcription } from '@parley/ai';
import { SAMPLE_RATE } from '@parley/audio';
import type { Clock } from '@parley/contracts';

export interface DecodeRequest {
  /** Finals go first; a partial that has to wait is hardly worth having. */
  urgency: 'final' | 'partial';
  language: string;
  signal?: AbortSignal;
}

interface Job {
  samples: Float32Array;
  request: DecodeRequest;
  resolve: (transcription: Transcription) => void;
  reject: (error: unknown) => void;
}

/** All channels of this replica share the engine: few decodes at a time, finals before partials. */
export class DecodeQueue {
  private readonly waiting: Job[] = [];
  private running = 0;
  private audioSeconds = 0;
  private decodeSeconds = 0;

  constructor(
    private readonly engine: SpeechEngine,
    private readonly concurrency: number,
    private readonly clock: Clock,
  ) {}

  get engineName(): string {
    return this.engine.name;
  }

  /** No slot is free. */
  get busy(): boolean {
    return this.running >= this.concurrency;
  }

  /** Decode time per audio time so far, null before the first. */
  get realTimeFactor(): number | null {
    return this.audioSeconds === 0 ? null : this.decodeSeconds / this.audioSeconds;
  }

  decode(samples: Float32Array, request: DecodeRequest): Promise<Transcription> {
    return new Promise((resolve, reject) => {
      const job = { samples, request, resolve, reject };
      const firstPartial = this.waiting.findIndex((other) => other.request.urgency === 'partial');
      if (request.urgency === 'partial' || firstPartial === -1) this.waiting.push(job);
      else this.waiting.splice(firstPartial, 0, job);
      this.next();
    });
  }

  private next(): void {
    while (!this.busy) {
      const job = this.waiting.shift();
      if (!job) return;
      if (job.request.signal?.aborted) {
        job.reject(job.request.signal.reason);
        continue;
      }
      this.running++;
      void this.run(job).finally(() => {
        this.running--;
        this.next();
      });
    }
  }

  private async run({ samples, request, resolve, reject }: Job): Promise<void> {
    const startedAt = this.clock.now();
    const { language, signal } = request;
    try {
      const options = signal ? { language, signal } : { language };
      resolve(await this.engine.transcribe(samples, options));
      this.decodeSeconds += (this.clock.now() - startedAt) / 1_000;
      this.audioSeconds += samples.length / SAMPLE_RATE;
    } catch (error) {
      reject(error);
    }
  }
}
