import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelsPath, PROJECT_ROOT } from '@parley/config';
import { newId } from '@parley/contracts';
import { wordErrorRate } from '@parley/testing';
import { RunningAsr } from './testing/running-asr';

// Real: the service, Postgres, sherpa-onnx, Moonshine's weights in a folder of the operator's. In memory: the bus.
const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';
const jfk = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78);

describe('an operator’s own speech model', () => {
  let root: string;
  let directory: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'parley-own-'));
    directory = join(root, 'their moonshine');
    mkdirSync(directory);
    const settings = { DATA_DIR: '.parley', MODELS_DIR: process.env.MODELS_DIR };
    for (const file of ['encoder_model.onnx', 'decoder_model_merged.onnx', 'tokens.txt']) {
      copyFileSync(modelsPath(settings, 'moonshine-tiny', file), join(directory, file));
    }
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('hears meetings, under its own name and in the languages that were declared', async () => {
    writeFileSync(join(directory, 'parley.json'), '{ "languages": ["en", "de"] }');
    const asr = await RunningAsr.start({ SPEECH_MODEL_DIR: directory });
    try {
      const answer = await fetch(`${asr.url}/v1/engines`);
      const { items } = (await answer.json()) as { items: { kind: string }[] };
      const speech = items.filter(({ kind }) => kind === 'speech');
      expect(speech).toMatchObject([{ name: 'their-moonshine', languages: ['en', 'de'] }]);
      const segments = await asr.hold(newId(), jfk, 'de');
      expect(wordErrorRate(JFK, segments.map(({ text }) => text).join(' '))).toBeLessThan(0.2);
      expect(new Set(segments.map(({ engine }) => engine))).toEqual(new Set(['their-moonshine']));
      expect(segments.some(({ degraded }) => degraded)).toBe(false);
    } finally {
      await asr.stop();
    }
  });

  it('that is not whole keeps the service from starting, and it says what is missing', async () => {
    rmSync(join(directory, 'tokens.txt'));
    await expect(RunningAsr.start({ SPEECH_MODEL_DIR: directory })).rejects.toMatchObject({
      name: 'ModelFolderError',
      message: expect.stringMatching(
        /Found: decoder_model_merged\.onnx.*Missing: tokens\.txt/,
      ) as string,
    });
  });
});
