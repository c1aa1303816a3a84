import { loadSherpa, type SherpaRecognizer } from './sherpa';
import { Vocabulary } from './vocabulary/vocabulary';
import { SpeechEngine, type TranscribeOptions, type Transcription } from './speech-engine';

const SAMPLE_RATE = 16_000;
/** The encoder's convolutions fail on less. */
const SHORTEST_SAMPLES = 0.25 * SAMPLE_RATE;
const LONGEST_SAMPLES = 30 * SAMPLE_RATE;
/** Less than this is rightly empty: a breath, a click. */
const SHORTEST_SPEECH_SAMPLES = 0.8 * SAMPLE_RATE;
const MORE_SILENCE_SAMPLES = 0.5 * SAMPLE_RATE;
const LESS_LEAD_SAMPLES = 0.15 * SAMPLE_RATE;

export interface MoonshineFiles {
  encoder: string;
  mergedDecoder: string;
  tokens: string;
}

/** Moonshine tiny (English) on this machine's CPU. One thread a decode: two are slower. */
export class MoonshineEngine extends SpeechEngine {
  readonly name = 'moonshine-tiny';
  readonly languages = ['en'] as const;

  private readonly vocabularies = new WeakMap<readonly string[], Vocabulary>();

  private constructor(private readonly recognizer: SherpaRecognizer) {
    super();
  }

  /** Loads the weights, in under a second and off the event loop. The files must be intact: see `verifyModelFiles`. */
  static async load({ encoder, mergedDecoder, tokens }: MoonshineFiles): Promise<MoonshineEngine> {
    const recognizer = await loadSherpa().OfflineRecognizer.createAsync({
      featConfig: { sampleRate: SAMPLE_RATE, featureDim: 80 },
      modelConfig: {
        moonshine: { encoder, mergedDecoder },
        tokens,
        numThreads: 1,
        provider: 'cpu',
        debug: 0,
      },
    });
    return new MoonshineEngine(recognizer);
  }

  async transcribe(samples: Float32Array, options: TranscribeOptions = {}): Promise<Transcription> {
    options.signal?.throwIfAborted();
    if (samples.length > LONGEST_SAMPLES) throw new RangeError('an utterance is at most 30 s');
    for (const attempt of attempts(samples)) {
      const text = await this.decode(attempt);
      options.signal?.throwIfAborted();
      if (text !== '') return { text: this.respelled(text, options.vocabulary) };
    }
    return { text: '' };
  }

  /** Nothing to do: the native side goes with the last reference. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The model takes no hints: what it wrote is spelled as the meeting spells it. */
  private respelled(text: string, terms: readonly string[] | undefined): string {
    if (!terms || terms.length === 0) return text;
    const vocabulary = this.vocabularies.get(terms) ?? new Vocabulary(terms);
    this.vocabularies.set(terms, vocabulary);
    return vocabulary.respell(text);
  }

  private async decode(samples: Float32Array): Promise<string> {
    const stream = this.recognizer.createStream();
    stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
    const { text } = await this.recognizer.decodeAsync(stream);
    return text.trim();
  }
}

/**
 * The model answers some clear speech with nothing, depending on how much silence stands around it;
 * silence behind it, or less before it, gives the words. On noise all of them stay empty.
 */
function* attempts(samples: Float32Array): Generator<Float32Array> {
  yield padded(samples, SHORTEST_SAMPLES);
  if (samples.length < SHORTEST_SPEECH_SAMPLES) return;
  yield padded(samples, samples.length + MORE_SILENCE_SAMPLES);
  yield padded(samples.subarray(LESS_LEAD_SAMPLES), samples.length + MORE_SILENCE_SAMPLES);
}

function padded(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples;
  const longer = new Float32Array(length);
  longer.set(samples);
  return longer;
}
