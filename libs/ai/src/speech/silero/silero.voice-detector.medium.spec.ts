import { join } from 'node:path';
import { modelsPath } from '@parley/config';
import { fixture, hum, noise } from '../../testing/sounds';
import { loadSherpa } from '../sherpa';
import type { VoiceDetector, VoiceDetectorFactory } from '../voice-detector';
import { localVoiceDetector } from '../speech.module';

const SETTINGS = { DATA_DIR: '.parley', MODELS_DIR: process.env.MODELS_DIR };
const FRAME = 512;

/** What sherpa-onnx has beside what Parley uses of it. */
interface WithVad {
  Vad: new (
    config: object,
    bufferSeconds: number,
  ) => { acceptWaveform(samples: Float32Array): void; isDetected(): boolean };
}

// Real: the weights; beside them the native runtime that they were published for.
describe('Silero', () => {
  let detectors: VoiceDetectorFactory;

  beforeAll(async () => {
    detectors = await localVoiceDetector(SETTINGS);
  });

  it.each(['jfk.wav', 'conversation.wav'])(
    'says of each frame of %s what it says in its own runtime',
    async (name) => {
      const samples = await fixture(name);
      expect(heard(detectors.create(), samples)).toEqual(heardNatively(samples));
    },
  );

  it('says the same of loud and of quiet noise, and of a hum', () => {
    for (const samples of [noise(2, 0.3), noise(2, 0.01), hum(2)]) {
      expect(heard(detectors.create(), samples)).toEqual(heardNatively(samples));
    }
  });

  it('keeps channels apart', async () => {
    const speech = await fixture('jfk.wav');
    const alone = heard(detectors.create(), speech);
    const [one, other] = [detectors.create(), detectors.create()];
    const beside: boolean[] = [];
    const loud = noise(2, 0.3);
    for (let at = 0; at + FRAME <= speech.length; at += FRAME) {
      beside.push(one.isSpeech(speech.subarray(at, at + FRAME)));
      other.isSpeech(loud.subarray(at % 16_384, (at % 16_384) + FRAME));
    }
    expect(beside).toEqual(alone);
    expect(new Set(alone)).toEqual(new Set([true, false]));
  });
});

function heard(detector: VoiceDetector, samples: Float32Array): boolean[] {
  return frames(samples).map((frame) => detector.isSpeech(frame));
}

/** Numbers as in the detector: what is set to zero there is taken for unset. */
function heardNatively(samples: Float32Array): boolean[] {
  const sileroVad = {
    model: join(modelsPath(SETTINGS), 'silero-vad/silero_vad.onnx'),
    threshold: 0.5,
    minSpeechDuration: 0.001,
    minSilenceDuration: 0.001,
    maxSpeechDuration: 3_600,
    windowSize: FRAME,
  };
  const config = { sileroVad, sampleRate: 16_000, numThreads: 1, provider: 'cpu', debug: 0 };
  const { Vad } = loadSherpa() as unknown as WithVad;
  const vad = new Vad(config, 300);
  return frames(samples).map((frame) => {
    vad.acceptWaveform(frame);
    return vad.isDetected();
  });
}

function frames(samples: Float32Array): Float32Array[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, at) =>
    samples.slice(at * FRAME, (at + 1) * FRAME),
  );
}
