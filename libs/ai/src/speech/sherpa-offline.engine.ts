import { primaryLanguage } from '@parley/contracts';
import { heardWords } from './heard-words';
import type { SherpaRecognizer, SherpaResult } from './sherpa';
import { SpeechEngine, type TranscribeOptions, type Transcription } from './speech-engine';
import { inSmallLetters } from './small-letters';
import { Respelling } from './vocabulary/respelling';

const SAMPLE_RATE = 16_000;
/** The convolutions of some models fail on less. */
const SHORTEST_SAMPLES = 0.25 * SAMPLE_RATE;
const LONGEST_SAMPLES = 30 * SAMPLE_RATE;

export interface OfflineEngineOptions {
  name: string;
  languages: readonly string[];
  /** Loads it when a language is asked for first, unless it is the same for all. */
  recognizer(language: string): Promise<SherpaRecognizer>;
  /** What is tried, one after the other, until there are words. Default: the samples as they are. */
  attempts?(samples: Float32Array): Iterable<Float32Array>;
}

/** Any model that sherpa-onnx asks for whole utterances, on this machine's CPU. One thread a decode. */
export class SherpaOfflineEngine extends SpeechEngine {
  readonly name: string;
  readonly languages: readonly string[];
  private readonly respelling = new Respelling();

  constructor(private readonly options: OfflineEngineOptions) {
    super();
    this.name = options.name;
    this.languages = options.languages;
  }

  async transcribe(samples: Float32Array, options: TranscribeOptions = {}): Promise<Transcription> {
    options.signal?.throwIfAborted();
    assertUtterance(samples);
    const language = spokenIn(this.languages, options.language);
    const recognizer = await this.options.recognizer(language);
    for (const attempt of this.options.attempts?.(samples) ?? [samples]) {
      const result = await decode(recognizer, padded(attempt, SHORTEST_SAMPLES));
      options.signal?.throwIfAborted();
      const heard = transcriptionOf(result, attempt === samples ? samples : null);
      if (heard.text !== '') return this.respelling.of(heard, language, options.vocabulary);
    }
    return { text: '' };
  }

  /** Nothing to do: the native side goes with the last reference. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** @throws RangeError */
export function assertUtterance(samples: Float32Array): void {
  if (samples.length > LONGEST_SAMPLES) throw new RangeError('an utterance is at most 30 s');
}

/** The one asked for, if the engine understands it; else its first. */
export function spokenIn(languages: readonly string[], asked: string | undefined): string {
  const primary = asked === undefined ? undefined : primaryLanguage(asked);
  return languages.find((one) => one === primary) ?? languages[0] ?? 'en';
}

/** @param samples to which the result's times belong; null when they belong to others */
export function transcriptionOf(
  result: SherpaResult,
  samples: Float32Array | null,
): Pick<Transcription, 'text' | 'words'> {
  const text = inSmallLetters(result.text.trim());
  const words = samples && heardWords(result, text, (samples.length / SAMPLE_RATE) * 1_000);
  return words ? { text, words } : { text };
}

export function padded(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples;
  const longer = new Float32Array(length);
  longer.set(samples);
  return longer;
}

async function decode(recognizer: SherpaRecognizer, samples: Float32Array): Promise<SherpaResult> {
  const stream = recognizer.createStream();
  stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
  return recognizer.decodeAsync(stream);
}
