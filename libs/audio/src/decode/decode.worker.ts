/* Runs in a worker thread: decoding is CPU, and the decoders are ES modules. */
import { parentPort, workerData } from 'node:worker_threads';
import { BYTES_PER_MS } from '../pcm/pcm';
import { DecodeError } from './decode-failure';
import type { DecodeMessage, DecodeTask } from './decode.protocol';
import { decodedChunks } from './decoded-chunks';
import { PcmCollector } from './pcm-collector';

function send(message: DecodeMessage): void {
  const moved = message.type === 'pcm' ? [message.pcm.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(message, moved);
}

async function run({ file, longestMs }: DecodeTask): Promise<void> {
  const collector = new PcmCollector();
  let bytes = 0;
  const take = (pcm: Buffer): void => {
    bytes += pcm.length;
    if (bytes > longestMs * BYTES_PER_MS) throw new DecodeError('too-long');
    // A copy of its own: small buffers share their memory with others.
    if (pcm.length > 0) send({ type: 'pcm', pcm: new Uint8Array(pcm) });
  };
  for await (const chunk of decodedChunks(file, longestMs)) take(collector.push(chunk));
  take(collector.flush());
  if (bytes === 0) throw new DecodeError('empty');
}

run(workerData as DecodeTask).then(
  () => {
    send({ type: 'done' });
  },
  (error: unknown) => {
    const failure = error instanceof DecodeError ? error.failure : 'damaged';
    send({ type: 'failed', failure, reason: error instanceof Error ? error.message : 'unknown' });
  },
);
