/* Runs in a worker thread: a batch takes tens of milliseconds, which must not stop the audio. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerResponse } from './embedding-worker';
import { toUnitLength } from './unit-vector';
import type { EmbedRequest } from './use-lite.protocol';
import { UseLiteModel } from './use-lite/use-lite.model';

const { directory } = workerData as { directory: string };
// An error here ends the thread, and its owner hears of it.
const model = new UseLiteModel(directory);

function embed(texts: string[]): Float32Array<ArrayBuffer>[] {
  return model.embed(texts).map((vector) => {
    if (!toUnitLength(vector)) throw new Error('a text has no vector');
    return vector;
  });
}

function send(response: WorkerResponse, buffers: ArrayBuffer[] = []): void {
  parentPort?.postMessage(response, buffers);
}

// The first runs are compiled: pay for that before somebody waits.
for (let run = 0; run < 8; run++) embed(['Is everything ready now?', 'It is.']);
parentPort?.on('message', ({ id, texts }: EmbedRequest) => {
  try {
    const vectors = embed(texts);
    send(
      { type: 'vectors', id, vectors },
      vectors.map(({ buffer }) => buffer),
    );
  } catch (error) {
    send({ type: 'failed', id, reason: error instanceof Error ? error.message : 'unknown' });
  }
});
send({ type: 'ready' });
