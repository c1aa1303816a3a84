import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { builtFile } from '@parley/config';
import { LiveAudioError } from './live-audio.error';
import type { LiveAnswer, LiveForm } from './live-decode.protocol';

/** A few seconds of Opus are decoded in some milliseconds. */
const LIMIT_MS = 10_000;
/** For all that the thread holds besides the decoder's own few megabytes. */
const MEMORY_MEGABYTES = 64;

export interface LiveSamples {
  sampleRate: number;
  /** For each channel its samples, from -1 to 1; none before the container has said how many there are. */
  channels: Float32Array[];
}

/**
 * Decodes Opus in Ogg or WebM as it comes, in a worker thread of its own with bounded memory; which container it is, is
 * found out. Ask for one piece at a time.
 */
export class LiveDecoder {
  private readonly worker: Worker;
  private lastId = 0;
  private gone = false;

  /** @param monoRate mixes the channels into one of this rate, in the thread, too */
  constructor({ monoRate = null }: Partial<LiveForm> = {}) {
    // It needs none of the process's settings, secrets least of all; what the decoder mutters is dropped.
    this.worker = new Worker(builtFile(__dirname, 'live-decode.worker'), {
      env: {},
      workerData: { monoRate } satisfies LiveForm,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES },
      stderr: true,
    });
    this.worker.stderr.resume();
    this.worker.unref();
    // Whoever asks hears of it.
    this.worker.on('error', () => undefined);
    this.worker.once('exit', () => (this.gone = true));
  }

  /** @throws LiveAudioError after which nothing else can be heard */
  push(bytes: Uint8Array): Promise<LiveSamples> {
    // A copy: small buffers share their memory with others.
    return this.ask(new Uint8Array(bytes));
  }

  /**
   * @returns what changing the rate held back
   * @throws LiveAudioError when the stream broke off, or held nothing
   */
  end(): Promise<LiveSamples> {
    return this.ask(null);
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private async ask(bytes: Uint8Array | null): Promise<LiveSamples> {
    // It answers nothing more, and does not exit again.
    if (this.gone) throw new LiveAudioError('damaged');
    const id = ++this.lastId;
    const given = new AbortController();
    const { signal } = given;
    try {
      const answered = once(this.worker, 'message', { signal });
      const gone = once(this.worker, 'exit', { signal }).then(() => null);
      const late = new Promise<null>((resolve) => {
        const timer = setTimeout(resolve, LIMIT_MS, null);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
        });
      });
      for (const waiting of [answered, gone]) waiting.catch(() => undefined);
      this.worker.postMessage({ id, bytes });
      const message = await Promise.race([answered, gone, late]);
      const answer = (message?.[0] ?? { id, failure: 'damaged' }) as LiveAnswer;
      if ('failure' in answer) throw new LiveAudioError(answer.failure);
      return answer;
    } catch (error) {
      // The thread itself broke down.
      throw error instanceof LiveAudioError ? error : new LiveAudioError('damaged');
    } finally {
      given.abort();
    }
  }
}
