import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pcmToSamples } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';
import { onnxFile, type SmallModel } from '../../speech/folder/onnx-model.fake';
import { speechCheckSamples } from '../../speech/speech-check';
import { describeSpeakerEngine } from '../speaker-engine.contract';
import { SherpaSpeakerEngine } from './sherpa-speaker.engine';

// Real: sherpa-onnx, its features, its loading and asking, the worker thread. Fake: the model itself, whose vector of a
// voice is its mean spectrum, since no real one can be shipped.
const root = mkdtempSync(join(tmpdir(), 'parley-voices-'));
const BINS = 80;

function spectrumModel(metadata: Record<string, string | number>): SmallModel {
  return {
    metadata: {
      sample_rate: 16_000,
      output_dim: BINS,
      normalize_samples: 1,
      language: 'English',
      ...metadata,
    },
    inputs: [{ name: 'x', shape: ['N', 'T', BINS] }],
    outputs: [{ name: 'embs', shape: ['N', BINS] }],
    nodes: [
      {
        op: 'ReduceMean',
        inputs: ['x'],
        outputs: ['spectrum'],
        integers: { axes: [1], keepdims: 0 },
      },
      {
        op: 'ReduceMean',
        inputs: ['spectrum'],
        outputs: ['level'],
        integers: { axes: [1], keepdims: 1 },
      },
      { op: 'Sub', inputs: ['spectrum', 'level'], outputs: ['embs'] },
    ],
  };
}

function folderOf(name: string, files: Record<string, Buffer | string>): string {
  const directory = join(root, name);
  mkdirSync(directory);
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(join(directory, file), content);
  }
  return directory;
}

afterAll(() => {
  rmSync(root, { recursive: true });
});

describe.each(['wespeaker', '3d-speaker'])('a folder with a model of %s', (framework) => {
  let engine: SherpaSpeakerEngine;
  const voices: Float32Array[] = [];

  beforeAll(async () => {
    const kennedy = pcmToSamples(
      readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78),
    );
    const laura = await speechCheckSamples();
    const twice = new Float32Array(2 * laura.length);
    twice.set(laura);
    twice.set(laura, laura.length);
    voices.splice(0, 2, kennedy.subarray(0, 6 * 16_000), twice);
    const model = onnxFile(spectrumModel({ framework }));
    engine = await SherpaSpeakerEngine.open(folderOf(framework, { 'spectrum.onnx': model }));
  });

  afterAll(() => engine.close());

  describeSpeakerEngine(framework, {
    engine: () => engine,
    voices: () => voices as [Float32Array, Float32Array],
  });

  it('is called as its file is', () => {
    expect(engine.name).toBe('spectrum');
    expect(engine.dimensions).toBe(BINS);
  });
});

it.each<[string, Record<string, Buffer | string>, RegExp]>([
  ['nothing', { 'README.md': '' }, /there is no model in it \(\*\.onnx\)/],
  [
    'two models',
    {
      'a.onnx': onnxFile(spectrumModel({ framework: 'wespeaker' })),
      'b.onnx': onnxFile(spectrumModel({ framework: 'wespeaker' })),
    },
    /several models: a\.onnx, b\.onnx.*"model": "a\.onnx"/,
  ],
  ['some other model', { 'a.onnx': onnxFile(spectrumModel({})) }, /"framework" unset, not one of/],
  [
    'what sherpa-onnx cannot use',
    { 'a.onnx': onnxFile({ ...spectrumModel({ framework: 'nemo' }), nodes: [] }) },
    /looks like a model of voices, but sherpa-onnx cannot use it: \S+/,
  ],
])('refuses a folder with %s, and says so', async (what, files, sentence) => {
  await expect(SherpaSpeakerEngine.open(folderOf(what, files))).rejects.toThrow(sentence);
});
