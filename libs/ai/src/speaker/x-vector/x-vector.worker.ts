/* Runs in a worker thread: an utterance takes a tenth of a second, which must not stop the audio. */
import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerResponse } from '../../embedding/embedding-worker';
import { XVector } from './x-vector';
import type { Voice, VoiceRequest } from './x-vector.protocol';

const { directory } = workerData as { directory: string };

function send(response: WorkerResponse<Voice>): void {
  parentPort?.postMessage(response);
}

async function run(): Promise<void> {
  const model = await XVector.load(directory);
  parentPort?.on('message', ({ id, samples, stretches }: VoiceRequest) => {
    model.embed(samples, stretches).then(
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
