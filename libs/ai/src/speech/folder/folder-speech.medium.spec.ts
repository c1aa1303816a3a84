import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pcmToSamples } from '@parley/audio';
import { modelsPath, PROJECT_ROOT } from '@parley/config';
import { wordErrorRate } from '@parley/testing';
import type { SpeechEngine } from '../speech-engine';
import { describeSpeechEngine } from '../speech-engine.contract';
import { folderSpeechEngine } from './folder-speech.engine';
import { onnxFile } from './onnx-model.fake';
import {
  streamingTransducerFolder,
  transducerFolder,
  zipformerCtcFolder,
} from './small-speech-models.fake';

// Real: sherpa-onnx, its loading and decoding of each kind, and Moonshine's weights. Fake: the other models are tiny
// and tell low sounds from high ones, since none that knows words can be shipped.
const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';
const settings = { DATA_DIR: '.parley', MODELS_DIR: process.env.MODELS_DIR };
const root = mkdtempSync(join(tmpdir(), 'parley-engines-'));
const jfk = pcmToSamples(readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78));

function folder(name: string): string {
  const directory = join(root, name);
  mkdirSync(directory);
  return directory;
}

/** Moonshine as sherpa-onnx's own archives lay it out. */
function moonshineFolder(directory: string): string {
  for (const file of ['encoder_model.onnx', 'decoder_model_merged.onnx', 'tokens.txt']) {
    const from = modelsPath(settings, 'moonshine-tiny', file);
    try {
      linkSync(from, join(directory, file));
    } catch {
      writeFileSync(join(directory, file), readFileSync(from));
    }
  }
  writeFileSync(join(directory, 'parley.json'), '{ "languages": ["en"] }');
  return directory;
}

afterAll(() => {
  rmSync(root, { recursive: true });
});

describe.each([
  ['moonshine', moonshineFolder, ['fellow', 'country']],
  ['zipformer-ctc', zipformerCtcFolder, ['low', 'high']],
  ['transducer', transducerFolder, ['low', 'high']],
  ['streaming-transducer', streamingTransducerFolder, ['low', 'high']],
] as const)('a folder with a %s model', (name, make, words) => {
  let engine: SpeechEngine;

  beforeAll(async () => {
    engine = await folderSpeechEngine(make(folder(name)));
  });

  afterAll(() => engine.close());

  describeSpeechEngine(name, {
    engine: () => engine,
    speech: () => ({ samples: jfk, words: [...words] }),
  });

  it('is called as its folder is', () => {
    expect(engine.name).toBe(name);
  });
});

it('hears with Moonshine from a folder what it hears with Moonshine', async () => {
  const engine = await folderSpeechEngine(moonshineFolder(folder('as-usual')));
  const { text } = await engine.transcribe(jfk, { vocabulary: [] });
  expect(wordErrorRate(JFK, text)).toBeLessThan(0.15);
});

it.each(['zipformer', 'streaming'])('gives the words of a %s model times', async (kind) => {
  const make = kind === 'streaming' ? streamingTransducerFolder : zipformerCtcFolder;
  const engine = await folderSpeechEngine(make(folder(`times-${kind}`)));
  // Two seconds of nothing, then somebody speaks.
  const later = new Float32Array(5 * 16_000);
  later.set(jfk.subarray(0, 3 * 16_000), 2 * 16_000);
  const { words } = await engine.transcribe(later);
  await engine.close();
  expect(words?.[0]?.startMs).toBeGreaterThan(1_900);
  expect(words?.[0]?.startMs).toBeLessThan(2_500);
});

describe('a model that sherpa-onnx cannot use', () => {
  const refusal = (directory: string): Promise<Error> =>
    folderSpeechEngine(directory).then(
      () => new Error('it was taken'),
      (error: unknown) => error as Error,
    );

  it('is refused with what the library says, and the process goes on', async () => {
    const damaged = zipformerCtcFolder(folder('damaged'));
    const metadata = { model_type: 'zipformer2_ctc' };
    writeFileSync(
      join(damaged, 'model.onnx'),
      onnxFile({ metadata, inputs: [], outputs: [], nodes: [] }),
    );
    const { name, message } = await refusal(damaged);
    expect(name).toBe('ModelFolderError');
    expect(message).toMatch(/look like a zipformer-ctc model, but sherpa-onnx cannot use it: \S+/);
  });

  it('is refused when its tokens are not those of a model', async () => {
    const wrong = zipformerCtcFolder(folder('wrong-tokens'));
    writeFileSync(join(wrong, 'tokens.txt'), 'a 0\nb 1\nc 2\n');
    expect((await refusal(wrong)).message).toMatch(/tokens\.txt/);
  });
});
