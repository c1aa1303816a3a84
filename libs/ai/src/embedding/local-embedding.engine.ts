import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtFile } from '@parley/config';
import { withPatience } from '../patience';
import { ModelFailedError, type ModelFailure } from '../text/model-failed.error';
import { EmbeddingEngine, type EmbedOptions } from './embedding-engine';
import { EmbeddingQueue, type EmbeddingJob } from './embedding-queue';
import { EmbeddingWorker } from './embedding-worker';
import { USE_LITE_FILES, type EmbedRequest } from './use-lite.protocol';

export interface LocalEmbeddingOptions {
  /** Texts that may wait at once; more is refused as `busy`. Default: 10000. */
  maxWaitingTexts?: number;
  /** Default: 60000. */
  startMs?: number;
  /** Default: 30000. */
  batchMs?: number;
  /** Built file of the worker, for tests of crashes. */
  workerFile?: string;
}

type TextsToEmbed = Omit<EmbedRequest, 'id'>;

/** The model reads no further than this; a chunk has about 600. */
const MAX_CHARACTERS = 2_000;

/**
 * Universal Sentence Encoder lite in a worker thread that starts with the first text
 * and is started again after a crash; the batch it died with is tried once more.
 */
export class LocalEmbeddingEngine extends EmbeddingEngine {
  readonly name = 'use-lite-512';
  readonly dimensions = 512;
  readonly unit = 'sentence';
  private readonly queue: EmbeddingQueue;
  private worker: EmbeddingWorker<TextsToEmbed> | undefined;
  private running = false;
  private closed = false;

  constructor(
    private readonly directory: string,
    private readonly options: LocalEmbeddingOptions = {},
  ) {
    super();
    this.queue = new EmbeddingQueue(options.maxWaitingTexts ?? 10_000);
  }

  /** @throws ModelFailedError; RangeError for a blank text, which has no vector. */
  embed(texts: string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    return withPatience(this.name, options, (signal) => this.embedUntil(signal, texts));
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.queue.drain()) job.settle(this.failure('closed', 'it was closed'));
    await this.worker?.close();
  }

  private async embedUntil(
    signal: AbortSignal | undefined,
    texts: string[],
  ): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    if (this.closed) throw this.failure('closed', 'it was closed');
    if (texts.length === 0) return [];
    if (texts.some((text) => text.trim() === '')) {
      throw new RangeError('a blank text has no vector');
    }
    const prepared = texts.map((text) => text.trim().slice(0, MAX_CHARACTERS));
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.queue.remove(job);
        job.settle(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const job: EmbeddingJob = {
        texts: prepared,
        vectors: [],
        settle: (outcome) => {
          signal?.removeEventListener('abort', onAbort);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        },
      };
      if (!this.queue.add(job)) {
        reject(this.failure('busy', 'too many texts are waiting'));
        return;
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      void this.run();
    });
  }

  /** One batch after the other until nobody waits; never throws. */
  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let turn = this.queue.next(); turn; turn = this.queue.next()) {
      const { job, texts } = turn;
      try {
        job.vectors.push(...(await this.embedBatch(texts)));
        if (job.vectors.length < job.texts.length) continue;
        this.queue.remove(job);
        job.settle(job.vectors);
      } catch (error) {
        this.queue.remove(job);
        job.settle(error instanceof Error ? error : new Error('unknown'));
      }
    }
    this.running = false;
  }

  private async embedBatch(texts: string[]): Promise<Float32Array[]> {
    for (let retried = false; ; retried = true) {
      const worker = this.livingWorker();
      try {
        return await worker.embed({ texts });
      } catch (error) {
        if (this.closed) throw this.failure('closed', 'it was closed');
        if (worker.alive || retried) {
          const cause = error instanceof Error ? error.message : 'unknown';
          throw this.failure('refused', `the local model failed: ${cause}`);
        }
      }
    }
  }

  private livingWorker(): EmbeddingWorker<TextsToEmbed> {
    if (this.closed) throw this.failure('closed', 'it was closed');
    if (this.worker?.alive) return this.worker;
    const { workerFile, startMs = 60_000, batchMs = 30_000 } = this.options;
    if (USE_LITE_FILES.some((file) => !existsSync(join(this.directory, file)))) {
      throw this.failure('unreachable', 'its weights are missing; npm start fetches them');
    }
    this.worker = new EmbeddingWorker({
      file: workerFile ?? builtFile(__dirname, 'use-lite.worker'),
      workerData: { directory: this.directory },
      startMs,
      batchMs,
    });
    return this.worker;
  }

  private failure(reason: ModelFailure, detail: string): ModelFailedError {
    return new ModelFailedError(this.name, reason, detail);
  }
}
