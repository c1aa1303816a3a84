import { SpeechEngine, VoiceDetector, type Transcription } from '@parley/ai';
import { samplesToPcm } from '@parley/audio';
import type { CoverageSpan } from '@parley/contracts';
import { DecodeQueue } from '../decoding/decode-queue';
import { SpeechDecoder } from '../decoding/speech-decoder';
import { ChannelListener } from '../listening/channel-listener';
import { defaultPolicy } from '../listening/endpointer';
import type { Draft, Outcome, OutcomeSink } from '../listening/outcome';
import { UtteranceDecoder, type DecoderOptions } from '../listening/utterance-decoder';

export const LOUD = 0.8;

/** Takes what is loud for speech. */
class ScriptedDetector extends VoiceDetector {
  readonly frameSamples = 512;
  resets = 0;
  isSpeech(frame: Float32Array): boolean {
    return (frame[0] ?? 0) > LOUD / 2;
  }
  reset(): void {
    this.resets++;
  }
}

class FakeEngine extends SpeechEngine {
  readonly name = 'fake';
  readonly languages = ['en'];
  readonly heard: Float32Array[] = [];
  answer: (samples: Float32Array) => string | Error | Promise<string> = (samples) =>
    `${samples.length / 16} ms`;
  async transcribe(samples: Float32Array): Promise<Transcription> {
    this.heard.push(samples);
    const answer = await this.answer(samples);
    if (answer instanceof Error) throw answer;
    return { text: answer };
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

class Sink implements OutcomeSink {
  readonly outcomes: Outcome[] = [];
  readonly drafts: Draft[] = [];
  failure: Error | null = null;
  settle(outcome: Outcome): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.outcomes.push(outcome);
    return Promise.resolve();
  }
  draft(draft: Draft): void {
    this.drafts.push(draft);
  }
  get spans(): CoverageSpan[] {
    return this.outcomes.flatMap(({ spans }) => spans);
  }
  get texts(): string[] {
    return this.outcomes.flatMap(({ finals }) => finals.map(({ text }) => text));
  }
}

export interface HeardChannelOptions extends Pick<DecoderOptions, 'drafts' | 'voices'> {
  checkpointMs?: number;
  settled?: () => void;
}

/** A channel's listener, what it hears with and where it tells it: the engine and the detector are fake. */
export class HeardChannel {
  readonly engine = new FakeEngine();
  readonly sink = new Sink();
  readonly detector = new ScriptedDetector();
  nowMs = 0;
  readonly listener: ChannelListener;
  private positionMs: number;

  constructor({ checkpointMs = 0, settled, ...options }: HeardChannelOptions = {}) {
    this.positionMs = checkpointMs;
    const clock = { now: () => this.nowMs };
    const { sink, detector } = this;
    const local = new DecodeQueue(this.engine, 2, clock);
    const speech = new SpeechDecoder({ local, endpoint: null, clock });
    const about = { language: 'en', vocabulary: [] };
    const decoder = new UtteranceDecoder({ speech, sink, clock, ...about, ...options });
    this.listener = new ChannelListener({
      checkpointMs,
      policy: defaultPolicy,
      detector,
      decoder,
      sink,
      ...(settled ? { settled } : {}),
    });
  }

  speech(ms: number): Promise<void> {
    return this.audio(ms, LOUD);
  }

  silence(ms: number): Promise<void> {
    return this.audio(ms, 0);
  }

  async audio(ms: number, level: number): Promise<void> {
    for (let sent = 0; sent < ms; sent += 100) {
      const part = Math.min(100, ms - sent);
      await this.send(this.positionMs, tenth(level).subarray(0, part * 32));
    }
  }

  async send(startMs: number, pcm: Buffer): Promise<void> {
    await this.listener.accept({ kind: 'audio', channel: 'main', startMs, pcm });
    this.positionMs = Math.max(this.positionMs, startMs + pcm.length / 32);
    this.nowMs += pcm.length / 32;
  }

  async gap(ms: number): Promise<void> {
    const startMs = this.positionMs;
    this.positionMs += ms;
    await this.listener.accept({ kind: 'gap', channel: 'main', startMs, endMs: this.positionMs });
  }

  async end(): Promise<number> {
    const endMs = this.positionMs;
    await this.listener.accept({ kind: 'end', channel: 'main', endMs });
    await this.listener.drained();
    return endMs;
  }
}

const tenths = new Map<number, Buffer>();
/** A tenth of a second of one level. */
function tenth(level: number): Buffer {
  const known = tenths.get(level) ?? samplesToPcm(new Float32Array(1_600).fill(level));
  tenths.set(level, known);
  return known;
}
