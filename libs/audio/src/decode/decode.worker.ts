/* Runs in a worker thread: decoding is CPU, and the decoders are ES modules. */
import { parentPort, workerData } from 'node:worker_threads';
import { DecodeError } from './decode-failure';
import { MORE, type DecodeMessage, type DecodeTask } from './decode.protocol';
import { openTrack } from './decoded-chunks';
import { PcmCollector } from './pcm-collector';

function send(message: DecodeMessage): void {
  const moved = message.type === 'pcm' ? [message.pcm.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(message, moved);
}

async function* answers({ file, longestMs }: DecodeTask): AsyncGenerator<DecodeMessage> {
  const { statedMs, chunks } = await openTrack(file, longestMs);
  yield { type: chunks ? 'opened' : 'needs-ffmpeg', statedMs };
  if (!chunks) return;
  const collector = new PcmCollector();
  for await (const chunk of chunks()) {
    const pcm = collector.push(chunk);
    if (pcm.length > 0) yield piece(pcm);
  }
  yield piece(collector.flush());
}

/** A copy of its own: small buffers share their memory with others. */
function piece(pcm: Buffer): DecodeMessage {
  return { type: 'pcm', pcm: new Uint8Array(pcm) };
}

function failed(error: unknown): DecodeMessage {
  const failure = error instanceof DecodeError ? error.failure : 'damaged';
  return { type: 'failed', failure, reason: error instanceof Error ? error.message : 'unknown' };
}

const answering = answers(workerData as DecodeTask);
parentPort?.on('message', (asked: unknown) => {
  if (asked !== MORE) return;
  answering.next().then(
    ({ value, done }) => {
      send(done ? { type: 'done' } : value);
    },
    (error: unknown) => {
      send(failed(error));
    },
  );
});
