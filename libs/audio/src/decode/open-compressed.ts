import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { builtFile } from '@parley/config';
import { DecodeError } from './decode-failure';
import { MORE, type DecodeMessage, type DecodeTask } from './decode.protocol';
import type { DecodeBounds, OpenedAudio, Pieces } from './limits';

/** What of a file can be decoded here: `pieces` is null where it holds AAC. */
export type OpenedCompressed = OpenedAudio | { statedMs: number | null; pieces: null };

/** Decodes in a worker thread of its own, which is gone afterwards. @throws DecodeError */
export async function openCompressed(
  file: Uint8Array,
  { signal, longestMs }: DecodeBounds,
): Promise<OpenedCompressed> {
  signal.throwIfAborted();
  const decoder = new DecoderThread({ file, longestMs }, signal);
  try {
    const first = await decoder.next();
    if (first.type === 'opened') {
      return {
        statedMs: first.statedMs,
        pieces: decoder.pieces(),
        close: () => decoder.close(),
      };
    }
    await decoder.close();
    if (first.type === 'needs-ffmpeg') return { statedMs: first.statedMs, pieces: null };
    throw unexpected(first);
  } catch (error) {
    await decoder.close();
    throw error;
  }
}

class DecoderThread {
  private readonly worker: Worker;
  /** It came to its end, or is to, by itself or by us. */
  private readonly over: Promise<never>;
  private onAbort: () => void = () => undefined;

  constructor(
    task: DecodeTask,
    private readonly signal: AbortSignal,
  ) {
    // It needs none of the process's settings, secrets least of all.
    this.worker = new Worker(builtFile(__dirname, 'decode.worker'), { workerData: task, env: {} });
    this.over = new Promise<never>((_, reject) => {
      // Out of memory, or a decoder that broke down on damaged input.
      this.worker.on('error', (cause) => {
        reject(new DecodeError('damaged', { cause }));
      });
      this.worker.on('exit', (code) => {
        reject(new DecodeError('damaged', { cause: new Error(`the decoder ended with ${code}`) }));
      });
      this.onAbort = () => {
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', this.onAbort);
    });
    // It may end while nobody waits for it; who asks then is told.
    this.over.catch(() => undefined);
  }

  async next(): Promise<DecodeMessage> {
    const answered = once(this.worker, 'message') as Promise<[DecodeMessage]>;
    this.worker.postMessage(MORE);
    const [message] = await Promise.race([answered, this.over]);
    if (message.type !== 'failed') return message;
    throw new DecodeError(message.failure, { cause: new Error(message.reason) });
  }

  async *pieces(): Pieces {
    try {
      for (let said = await this.next(); said.type !== 'done'; said = await this.next()) {
        if (said.type !== 'pcm') throw unexpected(said);
        yield Buffer.from(said.pcm.buffer, said.pcm.byteOffset, said.pcm.length);
      }
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.onAbort);
    await this.worker.terminate();
  }
}

function unexpected({ type }: DecodeMessage): DecodeError {
  return new DecodeError('damaged', { cause: new Error(`the decoder said ${type}`) });
}
