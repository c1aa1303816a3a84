import type { SpeechEngine, Transcription } from '@parley/ai';
import { SAMPLE_RATE } from '@parley/audio';
import type { Clock } from '@parley/contracts';

/**
 * In this order: somebody waits for a final; a partial that has to wait is hardly worth having; a recording is there
 * anyway.
 */
const URGENCIES = ['final', 'partial', 'recorded'] as const;

export interface DecodeRequest {
  urgency: (typeof URGENCIES)[number];
  language: string;
  vocabulary?: readonly string[];
  signal?: AbortSignal;
}

/** How one decode went. */
export interface Decoded {
  urgency: DecodeRequest['urgency'];
  audioSeconds: number;
  seconds: number;
  failed: boolean;
}

/** A final that waits for longer than this shows that there is too much to do … */
const LATE_MS = 1_000;
/** … and that it was so is remembered for so long. */
const LATE_REMEMBERED_MS = 10_000;

interface Job {
  queuedAt: number;
  samples: Float32Array;
  request: DecodeRequest;
  resolve: (transcription: Transcription) => void;
  reject: (error: unknown) => void;
}

/** All channels of this replica share an engine: few decodes at a time, finals before partials. */
export class DecodeQueue {
  private readonly waiting: Job[] = [];
  private running = 0;
  /** Of those that run, the ones that no live meeting waits for. */
  private lesser = 0;
  private lateAt = -Infinity;
  private audioSeconds = 0;
  private decodeSeconds = 0;
  private lastFailed = false;

  constructor(
    private readonly engine: SpeechEngine,
    private readonly concurrency: number,
    private readonly clock: Clock,
    private readonly decoded: (decoded: Decoded) => void = () => undefined,
  ) {}

  /** Decodes that wait for a slot. */
  get length(): number {
    return this.waiting.length;
  }

  /** The engine's last decode did not fail. */
  get healthy(): boolean {
    return !this.lastFailed;
  }

  get engineName(): string {
    return this.engine.name;
  }

  get languages(): readonly string[] {
    return this.engine.languages;
  }

  /** A draft may start: nothing live waits, and where there are several slots one is kept for finals. */
  get takesDrafts(): boolean {
    const liveWaits = this.waiting.some(({ request }) => request.urgency !== 'recorded');
    return !liveWaits && !this.busy && this.takesLesser;
  }

  /** No final waits for long, or did so lately. */
  get keepsUp(): boolean {
    const now = this.clock.now();
    const waiting = this.waiting.find(({ request }) => request.urgency === 'final');
    if (waiting && now - waiting.queuedAt > LATE_MS) return false;
    return now - this.lateAt > LATE_REMEMBERED_MS;
  }

  private get busy(): boolean {
    return this.running >= this.concurrency;
  }

  private get takesLesser(): boolean {
    return this.lesser < Math.max(1, this.concurrency - 1);
  }

  /** Decode time per audio time so far, null before the first. */
  get realTimeFactor(): number | null {
    return this.audioSeconds === 0 ? null : this.decodeSeconds / this.audioSeconds;
  }

  decode(samples: Float32Array, request: DecodeRequest): Promise<Transcription> {
    return new Promise((resolve, reject) => {
      const job = { queuedAt: this.clock.now(), samples, request, resolve, reject };
      const rank = URGENCIES.indexOf(request.urgency);
      const after = this.waiting.findIndex((one) => URGENCIES.indexOf(one.request.urgency) > rank);
      this.waiting.splice(after === -1 ? this.waiting.length : after, 0, job);
      this.next();
    });
  }

  /** Rejects those that wait and may be heard elsewhere. */
  refuseWaiting(error: Error, mayBe: (request: DecodeRequest) => boolean): void {
    const refused = this.waiting.filter(({ request }) => mayBe(request));
    for (const job of refused) {
      this.waiting.splice(this.waiting.indexOf(job), 1);
      job.reject(error);
    }
  }

  private next(): void {
    while (!this.busy) {
      const [first] = this.waiting;
      // What is recorded never takes the slot that is kept for finals.
      if (first?.request.urgency === 'recorded' && !this.takesLesser) return;
      const job = this.waiting.shift();
      if (!job) return;
      if (job.request.signal?.aborted) {
        job.reject(job.request.signal.reason);
        continue;
      }
      this.start(job);
    }
  }

  private start(job: Job): void {
    const isFinal = job.request.urgency === 'final';
    const now = this.clock.now();
    if (isFinal && now - job.queuedAt > LATE_MS) this.lateAt = now;
    this.running++;
    if (!isFinal) this.lesser++;
    void this.run(job).finally(() => {
      this.running--;
      if (!isFinal) this.lesser--;
      this.next();
    });
  }

  private async run({ samples, request, resolve, reject }: Job): Promise<void> {
    const startedAt = this.clock.now();
    const { urgency, ...options } = request;
    const { signal } = options;
    const audioSeconds = samples.length / SAMPLE_RATE;
    const told = (failed: boolean): number => {
      const seconds = (this.clock.now() - startedAt) / 1_000;
      this.decoded({ urgency, audioSeconds, seconds, failed });
      return seconds;
    };
    try {
      resolve(await this.engine.transcribe(samples, options));
      this.lastFailed = false;
      this.decodeSeconds += told(false);
      this.audioSeconds += audioSeconds;
    } catch (error) {
      // Given up is not failed.
      if (!signal?.aborted) {
        this.lastFailed = true;
        told(true);
      }
      reject(error);
    }
  }
}
