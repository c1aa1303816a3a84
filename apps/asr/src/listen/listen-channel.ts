import type { SpeakerEngine, VoiceDetector } from '@parley/ai';
import { SAMPLES_PER_MS, Resampler, SAMPLE_RATE, samplesToPcm } from '@parley/audio';
import { systemClock } from '@parley/contracts';
import type { SpeechDecoder } from '../decoding/speech-decoder';
import { ChannelListener } from '../listening/channel-listener';
import type { Draft, Final, Outcome } from '../listening/outcome';
import { UtteranceDecoder } from '../listening/utterance-decoder';
import { UtteranceVoices } from '../voices/utterance-voices';
import { VoiceTracker } from '../voices/voice-tracker';
import type { ListenOptions } from './listen-options';

/** Is told what is heard in one channel. */
export interface ChannelEars {
  began(atMs: number): void;
  draft(draft: Draft): void;
  /** @param speaker counted from 0 as the voices were first heard; null when nobody can say, or nobody asked */
  final(final: Final, speaker: number | null): void;
}

/** What hears a channel. */
export interface ChannelTools {
  speech: SpeechDecoder;
  detector: VoiceDetector;
  speakers: SpeakerEngine;
  /** Is told how long telling voices apart took. */
  took(seconds: number): void;
}

const CHANNEL = 'listen';

/** One channel of a stream: its samples come at any rate, and go to a listener like that of a meeting's channel. */
export class ListenChannel {
  private readonly listener: ChannelListener;
  private readonly resampler: Resampler | null;
  private rest: Float32Array = new Float32Array();
  /** As they were first heard. */
  private readonly voices: string[] = [];
  private receivedMs = 0;
  private lastWordEndMs: number | null = null;

  constructor(
    options: ListenOptions,
    sampleRate: number,
    tools: ChannelTools,
    private readonly ears: ChannelEars,
  ) {
    const { language, vocabulary, policy, diarize, interimResults: drafts } = options;
    const { speech, detector } = tools;
    this.resampler = sampleRate === SAMPLE_RATE ? null : new Resampler(sampleRate, SAMPLE_RATE);
    const sink = {
      settle: (outcome: Outcome) => this.settle(outcome),
      draft: (draft: Draft) => {
        ears.draft(draft);
      },
    };
    this.listener = new ChannelListener({
      checkpointMs: 0,
      policy,
      detector,
      decoder: new UtteranceDecoder({
        speech,
        sink,
        language,
        vocabulary,
        clock: systemClock,
        drafts,
        ...(diarize ? { voices: voicesOf(options, tools) } : {}),
      }),
      sink,
      began: (atMs) => {
        this.lastWordEndMs = null;
        ears.began(atMs);
      },
    });
  }

  get durationMs(): number {
    return this.receivedMs;
  }

  /** When the last word ended, once nothing has been said for `quietMs` since; each pause is told once. */
  pausedFor(quietMs: number): number | null {
    const endMs = this.lastWordEndMs;
    if (endMs === null || this.listener.speaking) return null;
    if (this.receivedMs - endMs < quietMs) return null;
    this.lastWordEndMs = null;
    return endMs;
  }

  async accept(samples: Float32Array): Promise<void> {
    await this.hear(this.resampler ? this.resampler.push(samples) : samples);
  }

  /** Nothing follows for now: what was said is finished. */
  async finalize(): Promise<void> {
    // Audio goes on: in quiet nothing is to be finished, and the beginning of the next word must not be cut off.
    if (this.listener.speaking) this.listener.starved();
    await this.listener.drained();
  }

  /** Nothing follows at all. */
  async end(): Promise<void> {
    if (this.resampler) await this.hear(this.resampler.flush());
    await this.listener.accept({ kind: 'end', channel: CHANNEL, endMs: this.receivedMs });
    await this.listener.drained();
  }

  /** Meetings count in whole milliseconds. */
  private async hear(samples: Float32Array): Promise<void> {
    const all = new Float32Array(this.rest.length + samples.length);
    all.set(this.rest);
    all.set(samples, this.rest.length);
    const wholeMs = Math.floor(all.length / SAMPLES_PER_MS);
    this.rest = all.slice(wholeMs * SAMPLES_PER_MS);
    if (wholeMs === 0) return;
    const pcm = samplesToPcm(all.subarray(0, wholeMs * SAMPLES_PER_MS));
    const startMs = this.receivedMs;
    this.receivedMs += wholeMs;
    await this.listener.accept({ kind: 'audio', channel: CHANNEL, startMs, pcm });
  }

  private settle({ finals, spans }: Outcome): Promise<void> {
    if (spans.some(({ state }) => state === 'lost')) {
      return Promise.reject(new Error('the speech engine could not decode an utterance'));
    }
    for (const final of finals) {
      this.lastWordEndMs = final.bounds.speechEndMs;
      this.ears.final(final, this.speakerOf(final));
    }
    return Promise.resolve();
  }

  private speakerOf({ voiceId }: Final): number | null {
    if (voiceId === undefined || voiceId === null) return null;
    if (!this.voices.includes(voiceId)) this.voices.push(voiceId);
    return this.voices.indexOf(voiceId);
  }
}

function voicesOf(
  { language, vocabulary }: ListenOptions,
  { speech, speakers, took }: ChannelTools,
): UtteranceVoices {
  return new UtteranceVoices({
    engine: speakers,
    tracker: new VoiceTracker(),
    decode: (samples) => speech.decode(samples, { urgency: 'final', language, vocabulary }),
    took,
  });
}
