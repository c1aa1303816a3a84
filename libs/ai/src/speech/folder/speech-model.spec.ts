import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelFolder } from './model-folder';
import { onnxFile } from './onnx-model.fake';
import { recogniseSpeechModel, type SpeechModel } from './speech-model';

// Real: files of the names and with the metadata that sherpa-onnx's archives have. Fake: there are no weights in them.
describe('recognising a speech model in a folder', () => {
  let root: string;
  let count = 0;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'parley-folders-'));
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  type Files = Record<string, string | Record<string, string | number>>;

  /** A file of text, or a model that says so much of itself. */
  function folderOf(files: Files): string {
    const directory = join(root, `model-${++count}`);
    mkdirSync(directory);
    for (const [name, content] of Object.entries(files)) {
      const model = { inputs: [], outputs: [], nodes: [] };
      const bytes =
        typeof content === 'string' ? content : onnxFile({ ...model, metadata: content });
      writeFileSync(join(directory, name), bytes);
    }
    return directory;
  }

  async function recognised(files: Files): Promise<SpeechModel> {
    return recogniseSpeechModel(await openModelFolder('SPEECH_MODEL_DIR', folderOf(files)));
  }

  const refusal = (files: Files): Promise<string> =>
    recognised(files).then(
      () => 'it was taken',
      (error: unknown) => (error instanceof Error ? `${error.name} ${error.message}` : ''),
    );

  const english = { 'parley.json': '{ "languages": ["en"] }', 'tokens.txt': '' };

  it.each<[string, Files, object]>([
    [
      'whisper',
      { 'tiny-encoder.onnx': {}, 'tiny-decoder.onnx': {}, 'tiny-tokens.txt': '' },
      { whisper: { encoder: 'tiny-encoder.onnx', decoder: 'tiny-decoder.onnx', language: 'en' } },
    ],
    [
      'paraformer',
      { 'model.int8.onnx': { model_type: 'paraformer' } },
      { paraformer: { model: 'model.int8.onnx' } },
    ],
    [
      'sense-voice',
      { 'model.onnx': {}, 'model.int8.onnx': { model_type: 'sense_voice_ctc' } },
      { senseVoice: { model: 'model.int8.onnx', language: 'en' } },
    ],
    [
      'nemo-transducer',
      {
        'encoder.int8.onnx': { model_type: 'EncDecRNNTBPEModel' },
        'decoder.int8.onnx': {},
        'joiner.int8.onnx': {},
      },
      {
        transducer: { encoder: 'encoder.int8.onnx', joiner: 'joiner.int8.onnx' },
        modelType: 'nemo_transducer',
      },
    ],
    [
      'nemo-ctc',
      { 'model.onnx': { model_type: 'EncDecCTCModelBPE' } },
      { nemoCtc: { model: 'model.onnx' } },
    ],
    [
      'streaming-nemo-ctc',
      { 'model.onnx': { model_type: 'EncDecHybridRNNTCTCBPEModel', chunk_shift: 48 } },
      { nemoCtc: { model: 'model.onnx' } },
    ],
    [
      'transducer',
      {
        'encoder-epoch-99-avg-1.onnx': {},
        'encoder-epoch-99-avg-1.int8.onnx': { model_type: 'zipformer2' },
        'decoder-epoch-99-avg-1.onnx': {},
        'joiner-epoch-99-avg-1.int8.onnx': {},
        'joiner-epoch-99-avg-1.onnx': {},
        'bpe.model': '',
        'README.md': '',
      },
      {
        transducer: {
          encoder: 'encoder-epoch-99-avg-1.int8.onnx',
          decoder: 'decoder-epoch-99-avg-1.onnx',
          joiner: 'joiner-epoch-99-avg-1.int8.onnx',
        },
        modelType: 'transducer',
      },
    ],
    [
      'streaming-transducer',
      {
        'encoder.onnx': { model_type: 'zipformer2', decode_chunk_len: 32 },
        'decoder.onnx': {},
        'joiner.onnx': {},
      },
      { transducer: { encoder: 'encoder.onnx' } },
    ],
    [
      'streaming-paraformer',
      { 'encoder.int8.onnx': { model_type: 'paraformer' }, 'decoder.int8.onnx': {} },
      { paraformer: { encoder: 'encoder.int8.onnx', decoder: 'decoder.int8.onnx' } },
    ],
    [
      'zipformer-ctc',
      { 'model.int8.onnx': { model_type: 'zipformer2_ctc' } },
      { zipformerCtc: { model: 'model.int8.onnx' } },
    ],
    [
      'streaming-zipformer-ctc',
      {
        'ctc-epoch-20-avg-1-chunk-16-left-128.int8.onnx': {
          model_type: 'zipformer2',
          decode_chunk_len: 32,
        },
      },
      { zipformer2Ctc: { model: 'ctc-epoch-20-avg-1-chunk-16-left-128.int8.onnx' } },
    ],
    [
      'moonshine',
      { 'encoder_model.ort': 'ORTM', 'decoder_model_merged.ort': 'ORTM' },
      { moonshine: { encoder: 'encoder_model.ort', mergedDecoder: 'decoder_model_merged.ort' } },
    ],
    [
      'moonshine-v1',
      {
        'preprocess.onnx': {},
        'encode.int8.onnx': {},
        'uncached_decode.int8.onnx': {},
        'cached_decode.int8.onnx': {},
      },
      {
        moonshine: {
          preprocessor: 'preprocess.onnx',
          encoder: 'encode.int8.onnx',
          uncachedDecoder: 'uncached_decode.int8.onnx',
          cachedDecoder: 'cached_decode.int8.onnx',
        },
      },
    ],
  ])('knows a %s by its files and what they say', async (id, files, config) => {
    const encoder = id === 'whisper' ? { 'tiny-encoder.onnx': { model_type: 'whisper-tiny' } } : {};
    const tokens = id === 'whisper' ? { 'parley.json': '{ "languages": ["en"] }' } : english;
    const model = await recognised({ ...files, ...encoder, ...tokens });
    expect(model.kind.id).toBe(id);
    const { modelConfig } = model.config('en') as { modelConfig: object };
    const names = JSON.parse(
      JSON.stringify(modelConfig).replaceAll(join(root, `model-${count}`) + '/', ''),
    ) as object;
    expect(names).toMatchObject(config);
  });

  it('lets the model say which languages it understands, and the operator overrule it', async () => {
    const files = { 'a-decoder.onnx': {}, 'a-tokens.txt': '' };
    const whisper = (multilingual: number) => ({
      ...files,
      'a-encoder.onnx': { model_type: 'whisper-base', is_multilingual: multilingual },
    });
    expect((await recognised(whisper(1))).languages).toContain('uk');
    expect((await recognised(whisper(0))).languages).toEqual(['en']);
    const two = { ...whisper(1), 'parley.json': '{ "name": "base", "languages": ["de", "en"] }' };
    expect(await recognised(two)).toMatchObject({ name: 'base', languages: ['de', 'en'] });
  });

  it.each<[string, Files, RegExp]>([
    ['nothing', {}, /no weights of a speech model in it \(\*\.onnx\); it holds nothing/],
    ['other things', { 'a.txt': '', 'b.pt': '' }, /it holds a\.txt, b\.pt\.$/],
    [
      'half a transducer',
      { ...english, 'encoder.onnx': {}, 'joiner.onnx': {} },
      /Found: encoder\.onnx \(encoder\), joiner\.onnx \(joiner\), tokens.*Missing: decoder\.onnx \(for streaming-transducer, nemo-transducer, transducer\)/,
    ],
    [
      'no tokens',
      { 'model.onnx': { model_type: 'paraformer' } },
      /Missing: tokens\.txt \(for sense-voice, paraformer/,
    ],
    [
      'two models',
      { ...english, 'encoder-a.onnx': {}, 'encoder-b.onnx': {}, 'decoder.onnx': {} },
      /several models: encoder-a\.onnx, encoder-b\.onnx may each be its encoder/,
    ],
    [
      'a transducer without its joiner',
      { ...english, 'encoder.onnx': { model_type: 'zipformer2' }, 'decoder.onnx': {} },
      /encoder\.onnx says that it is "zipformer2", and as transducer it misses joiner\.onnx/,
    ],
    [
      'a model that says nothing of itself',
      { ...english, 'model.onnx': {} },
      /model\.onnx says nothing of itself.*one of sense-voice, paraformer/,
    ],
    [
      'a model of no kind that is known',
      { ...english, 'model.onnx': { model_type: 'tdnn' } },
      /says that it is "tdnn"/,
    ],
    [
      'a model whose language nobody says',
      { 'tokens.txt': '', 'model.onnx': { model_type: 'paraformer' } },
      /nothing says which languages .*"languages": \["en"\]/,
    ],
    [
      'a pointer of Git LFS',
      { 'model.onnx': 'version https://git-lfs.github.com/spec/v1\noid sha256:0' },
      /model\.onnx is a pointer of Git LFS/,
    ],
    ['a manifest that is none', { 'parley.json': '{' }, /parley\.json is no JSON/],
    [
      'a language that is none',
      { 'parley.json': '{ "languages": ["german"] }' },
      /languages\.0 is a language such as "en"/,
    ],
    [
      'a kind that is none',
      { ...english, 'parley.json': '{ "kind": "guess" }', 'model.onnx': {} },
      /"guess", which is none of moonshine/,
    ],
    [
      'a file elsewhere',
      { 'parley.json': '{ "files": { "model": "../model.onnx" } }' },
      /names \.\.\/model\.onnx, which is not in it/,
    ],
  ])('refuses %s, and says what was found', async (_what, files, sentence) => {
    const said = await refusal(files);
    expect(said).toMatch(sentence);
    expect(said).toMatch(/^ModelFolderError SPEECH_MODEL_DIR names /);
  });

  it('refuses a folder that is not there', async () => {
    await expect(openModelFolder('SPEECH_MODEL_DIR', join(root, 'gone'))).rejects.toThrow(
      /cannot be read \(ENOENT\)/,
    );
  });

  it('leaves out what else is there', async () => {
    const model = await recognised({
      ...english,
      'encoder.onnx': { model_type: 'zipformer2' },
      'decoder.onnx': {},
      'joiner.onnx': {},
      'silero_vad.onnx': {},
      'lm.onnx': {},
    });
    expect(model.kind.id).toBe('transducer');
    expect(JSON.stringify(model.config('en'))).not.toContain('silero');
  });

  it('takes the operator’s word for the kind and for which file is which', async () => {
    const model = await recognised({
      'tokens.txt': '',
      'a.onnx': {},
      'b.onnx': {},
      'parley.json': '{ "kind": "nemo-ctc", "languages": ["es"], "files": { "model": "b.onnx" } }',
    });
    expect(model.kind.id).toBe('nemo-ctc');
    expect(JSON.stringify(model.config('es'))).toContain('b.onnx');
  });
});
