import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, modelsPath } from '@parley/config';
import { wordErrorRate } from '@parley/testing';
import { fixture, hum, noise, silence } from '../testing/sounds';
import { ModelFilesError } from './model-files';
import type { SpeechEngine } from './speech-engine';
import { describeSpeechEngine } from './speech-engine.contract';
import { localSpeechEngine, localVoiceDetector } from './speech.module';
import type { VoiceDetectorFactory } from './voice-detector';

// Real: the weights and the native runtime.
const settings = { DATA_DIR: '.parley', MODELS_DIR: process.env.MODELS_DIR };
const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';

describe('local speech', () => {
  let engine: SpeechEngine;
  let detectors: VoiceDetectorFactory;
  let jfk: Float32Array;

  beforeAll(async () => {
    engine = await localSpeechEngine(settings);
    detectors = await localVoiceDetector(settings);
    jfk = await fixture('jfk.wav');
  });

  afterAll(async () => {
    await engine.close();
  });

  it('transcribes a famous sentence', async () => {
    const { text } = await engine.transcribe(jfk);
    expect(wordErrorRate(JFK, text)).toBeLessThan(0.15);
  });

  it('finds the words where the model gives nothing for the audio as it stands', async () => {
    const { text } = await engine.transcribe(jfk.subarray(2_976 * 16, 5_120 * 16));
    expect(text).toMatch(/not/i);
  });

  it.each([
    ['silence', silence(2)],
    ['quiet noise', noise(2, 0.01)],
    ['loud noise', noise(2, 0.2)],
    ['hum', hum(2)],
  ])('hears no words in %s', async (_what, samples) => {
    await expect(engine.transcribe(samples)).resolves.toEqual({ text: '' });
  });

  describeSpeechEngine('Moonshine', {
    engine: () => engine,
    speech: () => ({ samples: jfk, words: ['fellow', 'country'] }),
  });

  it('tells speech from noise and silence', () => {
    const speechShare = (samples: Float32Array): number => {
      const detector = detectors.create();
      let [speech, frames] = [0, 0];
      for (let at = 0; at + detector.frameSamples <= samples.length; at += detector.frameSamples) {
        speech += detector.isSpeech(samples.subarray(at, at + detector.frameSamples)) ? 1 : 0;
        frames++;
      }
      return speech / frames;
    };
    expect(speechShare(jfk)).toBeGreaterThan(0.6);
    expect(speechShare(silence(3))).toBe(0);
    expect(speechShare(noise(3, 0.02))).toBeLessThan(0.02);
  });

  it('hears the same after a reset as a new detector', () => {
    const detector = detectors.create();
    const frames = Array.from({ length: 100 }, (_, i) => jfk.subarray(i * 512, (i + 1) * 512));
    const first = frames.map((frame) => detector.isSpeech(frame));
    detector.reset();
    expect(frames.map((frame) => detector.isSpeech(frame))).toEqual(first);
  });

  it('goes on through half a minute of speech without a pause', () => {
    const detector = detectors.create();
    const vowel = jfk.subarray(8_400 * 16, 9_400 * 16);
    const heard = Array.from({ length: 1_000 }, (_, index) => {
      const at = (index * 512) % (vowel.length - 512);
      return detector.isSpeech(vowel.subarray(at, at + 512));
    });
    expect(heard.slice(-100).filter(Boolean).length).toBeGreaterThan(80);
  });
});

describe('verifying the weights', () => {
  it('says in one sentence which file is missing and what to do', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'parley-models-'));
    const refusal = await localSpeechEngine({ MODELS_DIR: empty } as never).catch(
      (error: unknown) => error,
    );
    rmSync(empty, { recursive: true });
    expect(refusal).toBeInstanceOf(ModelFilesError);
    expect((refusal as Error).message).toMatch(
      /encoder_model\.onnx are missing .*: run .*fetch-models/,
    );
  });

  it('knows every file of the manifest by its size and checksum', () => {
    const manifest = readFileSync(join(PROJECT_ROOT, 'libs/ai/models/manifest.json'), 'utf8');
    expect(modelsPath(settings as never)).toContain('models');
    const { packages } = JSON.parse(manifest) as { packages: { files: { sha256: string }[] }[] };
    for (const { sha256 } of packages.flatMap(({ files }) => files)) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
