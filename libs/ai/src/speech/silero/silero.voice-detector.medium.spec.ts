import { join } from 'node:path';
import { decodeAudio } from '@parley/audio';
import { modelsPath, PROJECT_ROOT } from '@parley/config';
import { loadSherpa } from '../sherpa';
import type { VoiceDetector, VoiceDetectorFactory } from '../voice-detector';
import { localVoiceDetector } from '../speech.module';

const SETTINGS = { DATA_DIR: '.parley', MODELS_DIR: process.env.MODELS_DIR };
const FRAME = 512;

// Real: the weights; beside them the native runtime that they were published for.
describe('Silero', () => {
  let detectors: VoiceDetectorFactory;

  beforeAll(async () => {
    detectors = await localVoiceDetector(SETTINGS);
  });

  it.each(['jfk.wav', 'conversation.wav'])(
    'says of each frame of %s what it says in its own runtime',
    async (name) => {
      const samples = await samplesOf(name);
      expect(heard(detectors.create(), samples)).toEqual(heardNatively(samples));
    },
  );

  it('says the same of loud and of quiet noise, and of a hum', () => {
    for (const samples of [noise(0.3), noise(0.01), hum()]) {
      expect(heard(detectors.create(), samples)).toEqual(heardNatively(samples));
    }
  });

  it('keeps channels apart, and what one heard before it was reset', async () => {
    const speech = await samplesOf('jfk.wav');
    const alone = heard(detectors.create(), speech);
    const [one, other] = [detectors.create(), detectors.create()];
    const beside: boolean[] = [];
    const loud = noise(0.3);
    for (let at = 0; at + FRAME <= speech.length; at += FRAME) {
      beside.push(one.isSpeech(speech.subarray(at, at + FRAME)));
      other.isSpeech(loud.subarray(at % 16_384, (at % 16_384) + FRAME));
    }
    expect(beside).toEqual(alone);
    one.reset();
    expect(heard(one, speech)).toEqual(alone);
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
  const vad = new (loadSherpa().Vad)(config, 300);
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

async function samplesOf(name: string): Promise<Float32Array> {
  const { pcm } = await decodeAudio(join(PROJECT_ROOT, 'test/fixtures', name));
  return Float32Array.from({ length: pcm.length / 2 }, (_, at) => pcm.readInt16LE(at * 2) / 32_768);
}

function noise(level: number): Float32Array {
  let seed = 1;
  return new Float32Array(2 * 16_000).map(() => {
    seed = (seed * 48_271) % 2_147_483_647;
    return level * (seed / 1_073_741_824 - 1);
  });
}

function hum(): Float32Array {
  return new Float32Array(2 * 16_000).map(
    (_, at) => 0.1 * Math.sin((2 * Math.PI * 50 * at) / 16_000),
  );
}
