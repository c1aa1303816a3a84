/* Stands for the model in tests of crashes: what a text says is what it does. */
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { EmbedRequest } from './use-lite.protocol';

const { directory } = workerData as { directory: string };

parentPort?.on('message', ({ id, texts }: EmbedRequest) => {
  const crashed = `${directory}/crashed`;
  if (texts.includes('crash once') && !existsSync(crashed)) {
    writeFileSync(crashed, '');
    process.exit(1);
  }
  if (texts.includes('crash always')) process.exit(1);
  if (texts.includes('hang')) return;
  if (texts.includes('fail')) {
    parentPort?.postMessage({ type: 'failed', id, reason: 'bad text' });
    return;
  }
  parentPort?.postMessage({ type: 'vectors', id, vectors: texts.map(() => new Float32Array(512)) });
});
parentPort?.postMessage({ type: 'ready' });
