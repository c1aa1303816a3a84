import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import * as core from '@energetic-ai/core';
import * as embeddings from '@energetic-ai/embeddings';
import { UseLiteModel } from './use-lite.model';

// Real: the weights, and TensorFlow.js, which runs the graph that they come with.
const directory = join(process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models'), 'use-lite');
// The packages' own types re-export TensorFlow's, which are bundled in and not installed.
const { loadGraphModel } = core as unknown as { loadGraphModel(url: string): Promise<unknown> };
const { initModel } = embeddings as unknown as {
  initModel(
    source: () => Promise<{ model: unknown; vocabulary: unknown }>,
  ): Promise<{ embed(texts: string[]): Promise<number[][]> }>;
};

const TEXTS = [
  'How long do refunds take?',
  'Project Manager: So the remote control has to cost less than twelve fifty, I think.',
  'x',
  'Größe, naïve, 日本語, 🙂 and $12.50 — “quoted”.',
  'one two three four five six seven eight nine ten '.repeat(40),
];

it('gives the vectors that TensorFlow.js gives, up to a cosine of 0.9999, alone and together', async () => {
  const theirs = await initModel(async () => ({
    model: await loadGraphModel(`file://${join(directory, 'model.json')}`),
    vocabulary: JSON.parse(readFileSync(join(directory, 'vocab.json'), 'utf8')),
  }));
  const expected = await theirs.embed(TEXTS);
  const model = new UseLiteModel(directory);
  const together = model.embed(TEXTS);
  const alone = TEXTS.map((text) => model.embed([text])[0] ?? new Float32Array());
  for (const [index, row] of expected.entries()) {
    for (const ours of [together[index], alone[index]]) {
      expect(cosine(ours ?? new Float32Array(), row)).toBeGreaterThan(0.9999);
    }
  }
});

it('reads more texts than fit at once', () => {
  const model = new UseLiteModel(directory);
  const texts = Array.from({ length: 60 }, (_, index) => `Sentence ${index} `.repeat(index + 1));
  const [last] = model.embed(texts.slice(-1));
  expect(
    cosine(model.embed(texts).at(-1) ?? new Float32Array(), [...(last ?? [])]),
  ).toBeGreaterThan(0.9999);
});

function cosine(a: Float32Array, b: number[]): number {
  const dot = b.reduce((sum, value, index) => sum + value * (a[index] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}
