import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxFile, type SmallModel, type SmallNode, type SmallTensor } from './onnx-model.fake';

/*
 * Models of a few hundred numbers that tell low sounds from high ones: of speech they make LOW where a vowel is and
 * HIGH where it hisses, of silence nothing. They stand for real ones, of which none can be shipped: sherpa-onnx loads
 * and asks them as it would those.
 */
const BINS = 80;
const VOCABULARY = '<blk> 0\n▁LOW 1\n▁HIGH 2\n';
/** A mean logarithmic energy that speech exceeds and silence does not. */
const QUIET = -8;

const FEATURES: SmallTensor = { name: 'x', shape: ['N', 'T', BINS] };

/** From features to how likely blank, LOW and HIGH are in every fourth frame of the first `frames`. */
function loudness(frames: number, output: string) {
  const weights = Array.from({ length: BINS }, (_, bin) => {
    const share = 1 / (BINS / 2);
    return [0, bin < BINS / 2 ? share : 0, bin < BINS / 2 ? 0 : share];
  }).flat();
  const list = (name: string, value: number) =>
    ({ name, shape: [1], values: [value], type: 'int64' }) as const;
  return {
    constants: [
      { name: 'weights', shape: [BINS, 3], values: weights },
      { name: 'bias', shape: [3], values: [0, -QUIET, -QUIET] },
      list('from', 0),
      list('to', frames),
      list('axis', 1),
      list('step', 4),
    ],
    nodes: [
      { op: 'Slice', inputs: ['x', 'from', 'to', 'axis', 'step'], outputs: ['some'] },
      { op: 'MatMul', inputs: ['some', 'weights'], outputs: ['weighed'] },
      { op: 'Add', inputs: ['weighed', 'bias'], outputs: [output] },
    ],
  };
}

const ALL_FRAMES = 1_000_000_000;

/** `x_lens` frames, every fourth of which counts. */
function lengths(output: string) {
  return {
    constants: [
      { name: 'three', shape: [1], values: [3], type: 'int64' as const },
      { name: 'four', shape: [1], values: [4], type: 'int64' as const },
    ],
    nodes: [
      { op: 'Add', inputs: ['x_lens', 'three'], outputs: ['longer'] },
      { op: 'Div', inputs: ['longer', 'four'], outputs: [output] },
    ],
  };
}

const LENGTHS: SmallTensor = { name: 'x_lens', type: 'int64', shape: ['N'] };

/** A zipformer with CTC, for whole utterances. */
export function zipformerCtcFolder(directory: string): string {
  const heard = loudness(ALL_FRAMES, 'logits');
  const counted = lengths('log_probs_len');
  return write(directory, {
    'model.onnx': {
      metadata: { model_type: 'zipformer2_ctc' },
      inputs: [FEATURES, LENGTHS],
      outputs: [
        { name: 'log_probs', shape: ['N', 'M', 3] },
        { name: 'log_probs_len', type: 'int64', shape: ['N'] },
      ],
      constants: [...heard.constants, ...counted.constants],
      nodes: [
        ...heard.nodes,
        { op: 'LogSoftmax', inputs: ['logits'], outputs: ['log_probs'], integers: { axis: 2 } },
        ...counted.nodes,
      ],
    },
  });
}

/** A zipformer transducer, for whole utterances. */
export function transducerFolder(directory: string): string {
  const heard = loudness(ALL_FRAMES, 'encoder_out');
  const counted = lengths('encoder_out_lens');
  return write(directory, {
    'encoder-epoch-99-avg-1.int8.onnx': {
      metadata: { model_type: 'zipformer2', version: '1' },
      inputs: [FEATURES, LENGTHS],
      outputs: [
        { name: 'encoder_out', shape: ['N', 'M', 3] },
        { name: 'encoder_out_lens', type: 'int64', shape: ['N'] },
      ],
      constants: [...heard.constants, ...counted.constants],
      nodes: [...heard.nodes, ...counted.nodes],
    },
    ...decoderAndJoiner('-epoch-99-avg-1'),
  });
}

/** A zipformer transducer that hears as the audio comes, 0.32 s at a time. */
export function streamingTransducerFolder(directory: string): string {
  const CHUNK = 32;
  const heard = loudness(CHUNK, 'encoder_out');
  // What a layer remembers; these have nothing to remember, and hand it on.
  const states: SmallTensor[] = [
    { name: 'cached_key_0', shape: [1, 'N', 1] },
    { name: 'cached_nonlin_attn_0', shape: [1, 'N', 1, 3] },
    { name: 'cached_val1_0', shape: [1, 'N', 1] },
    { name: 'cached_val2_0', shape: [1, 'N', 1] },
    { name: 'cached_conv1_0', shape: ['N', 4, 1] },
    { name: 'cached_conv2_0', shape: ['N', 4, 1] },
    { name: 'embed_states', shape: ['N', 128, 3, 19] },
    { name: 'processed_lens', type: 'int64', shape: ['N'] },
  ];
  return write(directory, {
    'encoder-epoch-99-avg-1-chunk-16-left-64.onnx': {
      metadata: {
        model_type: 'zipformer2',
        version: '1',
        T: 45,
        decode_chunk_len: CHUNK,
        encoder_dims: 4,
        query_head_dims: 1,
        value_head_dims: 1,
        num_heads: 1,
        num_encoder_layers: 1,
        cnn_module_kernels: 2,
        left_context_len: 1,
      },
      inputs: [{ name: 'x', shape: ['N', 45, BINS] }, ...states],
      outputs: [
        { name: 'encoder_out', shape: ['N', 'M', 3] },
        ...states.map((state) => ({ ...state, name: `new_${state.name}` })),
      ],
      constants: heard.constants,
      nodes: [
        ...heard.nodes,
        ...states.map(({ name }): SmallNode => {
          return { op: 'Identity', inputs: [name], outputs: [`new_${name}`] };
        }),
      ],
    },
    ...decoderAndJoiner('-epoch-99-avg-1-chunk-16-left-64'),
  });
}

/** The decoder says nothing, whatever came before, so that what the encoder heard decides. */
function decoderAndJoiner(suffix: string): Record<string, SmallModel> {
  return {
    [`decoder${suffix}.onnx`]: {
      metadata: { vocab_size: 3, context_size: 2 },
      inputs: [{ name: 'y', type: 'int64', shape: ['N', 2] }],
      outputs: [{ name: 'decoder_out', shape: ['N', 3] }],
      constants: [{ name: 'nothing', shape: [2, 3], values: [0, 0, 0, 0, 0, 0] }],
      nodes: [
        { op: 'Cast', inputs: ['y'], outputs: ['before'], integers: { to: 1 } },
        { op: 'MatMul', inputs: ['before', 'nothing'], outputs: ['decoder_out'] },
      ],
    },
    [`joiner${suffix}.onnx`]: {
      metadata: { joiner_dim: 3 },
      inputs: [
        { name: 'encoder_out', shape: ['N', 3] },
        { name: 'decoder_out', shape: ['N', 3] },
      ],
      outputs: [{ name: 'logit', shape: ['N', 3] }],
      nodes: [{ op: 'Add', inputs: ['encoder_out', 'decoder_out'], outputs: ['logit'] }],
    },
  };
}

function write(directory: string, models: Record<string, SmallModel>): string {
  for (const [name, model] of Object.entries(models)) {
    writeFileSync(join(directory, name), onnxFile(model));
  }
  writeFileSync(join(directory, 'tokens.txt'), VOCABULARY);
  writeFileSync(join(directory, 'parley.json'), '{ "languages": ["en"] }');
  return directory;
}
