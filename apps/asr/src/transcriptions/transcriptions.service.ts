import { Inject, Injectable } from '@nestjs/common';
import { decodeAudio } from '@parley/audio';
import { SETTINGS } from '@parley/config';
import { WorkSlots } from '@parley/service';
import type { AsrSettings } from '../asr.settings';
import { SpeechDecoder } from '../decoding/speech-decoder';
import {
  RecordingTranscriber,
  type HearingOptions,
  type SpokenSegment,
} from './recording-transcriber';

/** A recording that is being heard. */
export interface Hearing {
  durationMs: number;
  segments: AsyncGenerator<SpokenSegment>;
}

const WAITING_FOR_EACH = 4;

/** Takes recordings, a few at a time. */
@Injectable()
export class TranscriptionsService {
  private readonly slots: WorkSlots;

  constructor(
    @Inject(SETTINGS) private readonly settings: AsrSettings,
    @Inject(SpeechDecoder) private readonly speech: SpeechDecoder,
    @Inject(RecordingTranscriber) private readonly transcriber: RecordingTranscriber,
  ) {
    const { ASR_PARALLEL_RECORDINGS: parallel } = settings;
    const refusal = 'Too many recordings are being transcribed; try again.';
    this.slots = new WorkSlots(parallel, parallel * WAITING_FOR_EACH, refusal);
  }

  /**
   * Begins to hear a recording. Whoever begins reads to the end, or fires `signal`.
   * @throws ProblemError `unsupported-audio`, `unsupported-language`, `unavailable`
   */
  async hear(file: Buffer, options: HearingOptions): Promise<Hearing> {
    const { signal } = options;
    this.speech.assertSpoken(options.language);
    const release = await this.slots.take();
    signal.addEventListener('abort', release);
    try {
      signal.throwIfAborted();
      const longestMs = this.settings.ASR_MAX_RECORDING_SECONDS * 1_000;
      const { pcm, durationMs } = await decodeAudio(file, { signal, longestMs });
      const segments = this.transcriber.transcribe(pcm, options);
      return { durationMs, segments: endingWith(segments, release) };
    } catch (error) {
      release();
      throw error;
    }
  }
}

async function* endingWith<T>(source: AsyncGenerator<T>, end: () => void): AsyncGenerator<T> {
  try {
    yield* source;
  } finally {
    end();
  }
}
