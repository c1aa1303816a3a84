import { ModelFailedError } from '../text/model-failed.error';
import { EmbeddingWorker, type EmbeddingWorkerOptions } from './embedding-worker';

const START_MS = 60_000;
const BATCH_MS = 30_000;

/**
 * A local model in a worker thread, which starts with the first question and is started again after a crash; the
 * question that it died with is tried once more.
 */
export class LivingWorker<Request extends object, Answer> {
  private worker: EmbeddingWorker<Request, Answer> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;

  /** @param engine whose name a failure carries */
  constructor(
    private readonly engine: string,
    private readonly options: Pick<EmbeddingWorkerOptions, 'file' | 'workerData'>,
  ) {}

  /**
   * One after the other: the worker takes no more at a time. Who gives up while waiting is passed over.
   * @throws ModelFailedError
   */
  ask(request: Request, signal?: AbortSignal): Promise<Answer[]> {
    const done = this.turn.then(() => {
      signal?.throwIfAborted();
      return this.askNow(request);
    });
    this.turn = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.close();
  }

  private async askNow(request: Request): Promise<Answer[]> {
    for (let retried = false; ; retried = true) {
      if (this.closed) throw new ModelFailedError(this.engine, 'closed', 'it was closed');
      const worker = this.living();
      try {
        return await worker.embed(request);
      } catch (error) {
        if (!worker.alive && !retried) continue;
        throw new ModelFailedError(
          this.engine,
          'refused',
          `the local model failed: ${String(error)}`,
        );
      }
    }
  }

  private living(): EmbeddingWorker<Request, Answer> {
    if (this.worker?.alive) return this.worker;
    this.worker = new EmbeddingWorker({ ...this.options, startMs: START_MS, batchMs: BATCH_MS });
    return this.worker;
  }
}
