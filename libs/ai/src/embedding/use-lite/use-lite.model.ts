import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arena, type Region } from '../../kernel/arena';
import { DenseLayer } from './dense-layer';
import { loadKernel, type Kernel } from '../../kernel/kernel';
import { Tokenizer } from './tokenizer';
import { TransformerLayer, WIDTH } from './transformer-layer';
import { Weights } from './weights';

const EMBEDDED = 256;
/** The model reads no further. */
const MOST_TOKENS = 128;
/** Rows that go through the layers together. */
const MOST_ROWS = 512;
const ARENA_BYTES = 24 * 2 ** 20;
const ENCODER = 'module_apply_default/Encoder_en';
const OWN = 'module/Encoder_en';

/**
 * Universal Sentence Encoder lite (two transformer layers, the mean of the tokens, a dense layer), as its graph in
 * TensorFlow.js computes it, but with products of 16-bit integers, which take a third of the time; a vector is the
 * same up to a cosine of 0.9999.
 */
export class UseLiteModel {
  private readonly tokenizer: Tokenizer;
  private readonly embeddings: Float32Array;
  private readonly frequencies: Float32Array;
  private readonly layers: TransformerLayer[];
  private readonly last: DenseLayer;
  private readonly kernel: Kernel;
  private readonly rows: Region<Float32Array>;
  private readonly pooled: Region<Float32Array>;
  private readonly vectors: Region<Float32Array>;

  constructor(directory: string) {
    const vocabulary = readFileSync(join(directory, 'vocab.json'), 'utf8');
    this.tokenizer = new Tokenizer(JSON.parse(vocabulary) as [string, number][]);
    const weights = new Weights(directory);
    const arena = new Arena(ARENA_BYTES, MOST_ROWS, 3 * WIDTH);
    this.kernel = loadKernel(arena.memory);
    this.embeddings = weights.get('module/Embeddings_en').slice();
    this.frequencies = weights
      .get(
        `${ENCODER}/KonaTransformer/Encode/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`,
      )
      .slice();
    this.rows = arena.floats(MOST_ROWS * WIDTH);
    const scratch = {
      normal: arena.floats(MOST_ROWS * WIDTH),
      wide: arena.floats(MOST_ROWS * 3 * WIDTH),
      mixed: arena.floats(MOST_ROWS * WIDTH),
      scores: arena.floats(MOST_TOKENS),
    };
    this.layers = [EMBEDDED, WIDTH].map(
      (width, number) =>
        new TransformerLayer(this.kernel, arena, weights, { number, width, scratch }),
    );
    this.last = new DenseLayer(
      arena,
      weights.get(`${OWN}/hidden_layers/tanh_layer_0/weights`),
      weights.get(`${OWN}/hidden_layers/tanh_layer_0/bias`),
      WIDTH,
      WIDTH,
    );
    this.pooled = arena.floats(MOST_ROWS * WIDTH);
    this.vectors = arena.floats(MOST_ROWS * WIDTH);
  }

  /** A vector for each text, not yet of unit length. */
  embed(texts: string[]): Float32Array<ArrayBuffer>[] {
    const tokens = texts.map((text) => this.tokenizer.encode(text).slice(0, MOST_TOKENS));
    const vectors: Float32Array<ArrayBuffer>[] = [];
    for (let from = 0; from < tokens.length;) {
      let rows = 0;
      let to = from;
      while (to < tokens.length && rows + (tokens[to]?.length ?? 0) <= MOST_ROWS) {
        rows += tokens[to++]?.length ?? 0;
      }
      vectors.push(...this.run(tokens.slice(from, to), rows));
      from = to;
    }
    return vectors;
  }

  private run(texts: number[][], rows: number): Float32Array<ArrayBuffer>[] {
    const even = rows + (rows & 1);
    this.place(texts);
    this.rows.values.fill(0, rows * EMBEDDED, even * EMBEDDED);
    const lengths = texts.map(({ length }) => length);
    for (const layer of this.layers) layer.apply(this.rows, lengths, even);
    this.pool(lengths);
    this.last.apply(
      this.kernel,
      this.pooled.values,
      this.vectors,
      texts.length + (texts.length & 1),
    );
    return texts.map((_, text) =>
      this.vectors.values.slice(text * WIDTH, (text + 1) * WIDTH).map(Math.tanh),
    );
  }

  /** Each token twice, as the graph adds it, with where it stands in its text. */
  private place(texts: number[][]): void {
    let row = 0;
    const half = EMBEDDED / 2;
    const { values } = this.rows;
    for (const tokens of texts) {
      for (const [position, token] of tokens.entries()) {
        for (let at = 0; at < EMBEDDED; at++) {
          const angle = position * (this.frequencies[at % half] ?? 0);
          const signal = at < half ? Math.sin(angle) : Math.cos(angle);
          values[row * EMBEDDED + at] = 2 * (this.embeddings[token * EMBEDDED + at] ?? 0) + signal;
        }
        row++;
      }
    }
  }

  private pool(lengths: number[]): void {
    let row = 0;
    const { values } = this.pooled;
    values.fill(0, 0, (lengths.length + 1) * WIDTH);
    for (const [text, length] of lengths.entries()) {
      for (const end = row + length; row < end; row++) {
        for (let at = 0; at < WIDTH; at++) {
          values[text * WIDTH + at] =
            (values[text * WIDTH + at] ?? 0) + (this.rows.values[row * WIDTH + at] ?? 0) / length;
        }
      }
    }
  }
}
