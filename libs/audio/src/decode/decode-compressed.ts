import { Worker } from 'node:worker_threads';
import { builtFile } from '@parley/config';
import { DecodeError } from './decode-failure';
import type { DecodeMessage, DecodeTask } from './decode.protocol';
import { LONGEST_DECODE_MS, type DecodeBounds } from './limits';

/** Decodes in a worker thread of its own, which is gone afterwards. */
export async function decodeCompressed(
  file: Uint8Array,
  { signal, longestMs }: DecodeBounds,
): Promise<Buffer> {
  signal?.throwIfAborted();
  const parts: Uint8Array[] = [];
  const task: DecodeTask = { file, longestMs };
  // It needs none of the process's settings, secrets least of all.
  const worker = new Worker(builtFile(__dirname, 'decode.worker'), { workerData: task, env: {} });
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: DecodeMessage) => {
        if (message.type === 'pcm') parts.push(message.pcm);
        else if (message.type === 'done') resolve();
        else reject(new DecodeError(message.failure, { cause: new Error(message.reason) }));
      });
      // Out of memory, or a decoder that broke down on damaged input.
      worker.on('error', (cause) => {
        reject(new DecodeError('damaged', { cause }));
      });
      worker.on('exit', (code) => {
        reject(new DecodeError('damaged', { cause: new Error(`the decoder ended with ${code}`) }));
      });
      timer = setTimeout(() => {
        reject(new DecodeError('too-slow'));
      }, LONGEST_DECODE_MS);
      onAbort = () => {
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort);
    });
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
  return Buffer.concat(parts);
}
