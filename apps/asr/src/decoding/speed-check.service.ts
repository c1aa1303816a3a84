import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import {
  SpeechEngine,
  speechCheckSamples,
  VoiceDetectorFactory,
  type VoiceDetector,
} from '@parley/ai';
import { SAMPLE_RATE } from '@parley/audio';
import { logEvent } from '@parley/observability';
import { setTimeout as wait } from 'node:timers/promises';
import { Workload } from '../capacity/workload';

/** In a meeting somebody speaks for so much of the time; on all its channels together. */
const SPEECH_SHARE = 0.5;
/** A pause that was no end is decoded once more. */
const DECODES_OF_A_FINAL = 1.5;
const CHANNELS = 1.5;
const RUNS = 5;
/** Other services may be starting on the same cores: the best of a few counts, with some time between them. */
const BETWEEN_MS = 2_000;

/** Hears one sentence at the start: the engine is warm, and what a meeting will cost is known roughly. */
@Injectable()
export class SpeedCheckService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private detector: VoiceDetector | undefined;

  constructor(
    @Inject(SpeechEngine) private readonly engine: SpeechEngine,
    @Inject(VoiceDetectorFactory) private readonly detectors: VoiceDetectorFactory,
    @Inject(Workload) private readonly workload: Workload,
  ) {}

  /** Nobody waits for it. */
  onApplicationBootstrap(): void {
    const engine = this.engine.name;
    this.measure()
      .then((ms) => {
        logEvent('speed.measured', { engine, ms });
      })
      .catch((error: unknown) => {
        if (!this.stopping.signal.aborted) logEvent('speed.unknown', { engine, err: error });
      });
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** @returns how long the sentence took. */
  private async measure(): Promise<number> {
    const samples = await speechCheckSamples();
    const seconds = samples.length / SAMPLE_RATE;
    // The first one also loads what is loaded late.
    await this.engine.transcribe(samples);
    let [decodeMs, hearMs] = [Infinity, Infinity];
    for (let run = 0; run < RUNS; run++) {
      decodeMs = Math.min(decodeMs, await timed(() => this.engine.transcribe(samples)));
      hearMs = Math.min(
        hearMs,
        await timed(() => {
          this.hear(samples);
        }),
      );
      this.workload.expect({
        decoding: (decodeMs / 1_000 / seconds) * SPEECH_SHARE * DECODES_OF_A_FINAL,
        hearing: (hearMs / 1_000 / seconds) * CHANNELS,
      });
      await wait(BETWEEN_MS, undefined, { signal: this.stopping.signal });
    }
    return Math.round(decodeMs);
  }

  private hear(samples: Float32Array): void {
    this.detector ??= this.detectors.create();
    const { frameSamples } = this.detector;
    for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
      this.detector.isSpeech(samples.subarray(at, at + frameSamples));
    }
  }
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
