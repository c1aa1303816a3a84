import { loadSherpa, type SherpaRecognizer } from './sherpa';
import { SpeechEngine, type Transcription } from './speech-engine';

const SAMPLE_RATE = 16_000;
/** The encoder's convolutions fail on less. */
const SHORTEST_SAMPLES = 0.25 * SAMPLE_RATE;
const LONGEST_SAMPLES = 30 * SAMPLE_RATE;

export interface MoonshineFiles {
  encoder: string;
  mergedDecoder: string;
  tokens: string;
}

/** Moonshine tiny (English) on this machine's CPU. One thread a decode: two are slower. */
export class MoonshineEngine extends SpeechEngine {
  readonly name = 'moonshine-tiny';
  readonly languages = ['en'] as const;

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

  async transcribe(
    samples: Float32Array,
    options: { language?: string; signal?: AbortSignal } = {},
  ): Promise<Transcription> {
    options.signal?.throwIfAborted();
    if (samples.length > LONGEST_SAMPLES) throw new RangeError('an utterance is at most 30 s');
    const stream = this.recognizer.createStream();
    stream.acceptWaveform({ samples: padded(samples), sampleRate: SAMPLE_RATE });
    const { text } = await this.recognizer.decodeAsync(stream);
    options.signal?.throwIfAborted();
    return { text: text.trim() };
  }

  /** Nothing to do: the native side goes with the last reference. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function padded(samples: Float32Array): Float32Array {
  if (samples.length >= SHORTEST_SAMPLES) return samples;
  const longer = new Float32Array(SHORTEST_SAMPLES);
  longer.set(samples);
  return longer;
}
