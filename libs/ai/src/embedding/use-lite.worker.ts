/* Runs in a worker thread: a batch takes tens of milliseconds, which must not stop the audio. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as core from '@energetic-ai/core';
import * as embeddings from '@energetic-ai/embeddings';
import type { WorkerResponse } from './embedding-worker';
import { toUnitLength } from './unit-vector';
import type { EmbedRequest } from './use-lite.protocol';

interface Model {
  embed(texts: string[]): Promise<number[][]>;
}

// The packages' own types re-export TensorFlow's, which are bundled in and not installed.
const { loadGraphModel } = core as unknown as { loadGraphModel(url: string): Promise<unknown> };
const { initModel } = embeddings as unknown as {
  initModel(source: () => Promise<{ model: unknown; vocabulary: unknown }>): Promise<Model>;
};
const { directory } = workerData as { directory: string };

function load(): Promise<Model> {
  return initModel(async () => ({
    model: await loadGraphModel(`file://${join(directory, 'model.json')}`),
    vocabulary: JSON.parse(await readFile(join(directory, 'vocab.json'), 'utf8')),
  }));
}

async function embed(model: Model, texts: string[]): Promise<Float32Array[]> {
  const rows = await model.embed(texts);
  return rows.map((row) => {
    const vector = toUnitLength(Float32Array.from(row));
    if (!vector) throw new Error('a text has no vector');
    return vector;
  });
}

function send(response: WorkerResponse): void {
  const buffers =
    response.type === 'vectors' ? response.vectors.map(({ buffer }) => buffer as ArrayBuffer) : [];
  parentPort?.postMessage(response, buffers);
}

async function run(): Promise<void> {
  const model = await load();
  // The first run builds the kernels: pay for that before somebody waits.
  await embed(model, ['ready']);
  parentPort?.on('message', ({ id, texts }: EmbedRequest) => {
    embed(model, texts).then(
      (vectors) => {
        send({ type: 'vectors', id, vectors });
      },
      (error: unknown) => {
        send({ type: 'failed', id, reason: error instanceof Error ? error.message : 'unknown' });
      },
    );
  });
  send({ type: 'ready' });
}

// An error here ends the thread, and its owner hears of it.
void run();
