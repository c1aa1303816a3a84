import { loadSherpa } from './sherpa';
import { padded, SherpaOfflineEngine } from './sherpa-offline.engine';

const SAMPLE_RATE = 16_000;
/** Less than this is rightly empty: a breath, a click. */
const SHORTEST_SPEECH_SAMPLES = 0.8 * SAMPLE_RATE;
const MORE_SILENCE_SAMPLES = 0.5 * SAMPLE_RATE;
const LESS_LEAD_SAMPLES = 0.15 * SAMPLE_RATE;

export interface MoonshineFiles {
  encoder: string;
  mergedDecoder: string;
  tokens: string;
}

/**
 * Moonshine tiny (English), loaded in under a second and off the event loop; two threads a decode would be slower than
 * one. The files must be intact: see `verifyModelFiles`.
 */
export async function loadMoonshine({
  encoder,
  mergedDecoder,
  tokens,
}: MoonshineFiles): Promise<SherpaOfflineEngine> {
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
  return new SherpaOfflineEngine({
    name: 'moonshine-tiny',
    languages: ['en'],
    recognizer: () => Promise.resolve(recognizer),
    attempts: moonshineAttempts,
  });
}

/**
 * The model answers some clear speech with nothing, depending on how much silence stands around it;
 * silence behind it, or less before it, gives the words. On noise all of them stay empty.
 */
export function* moonshineAttempts(samples: Float32Array): Generator<Float32Array> {
  yield samples;
  if (samples.length < SHORTEST_SPEECH_SAMPLES) return;
  yield padded(samples, samples.length + MORE_SILENCE_SAMPLES);
  yield padded(samples.subarray(LESS_LEAD_SAMPLES), samples.length + MORE_SILENCE_SAMPLES);
}
