import { Worker } from 'node:worker_threads';

/** What a worker says; whatever it is asked carries an `id`, one request at a time. */
export type WorkerResponse<Vector = Float32Array> =
  | { type: 'ready' }
  | { type: 'vectors'; id: number; vectors: Vector[] }
  | { type: 'failed'; id: number; reason: string };

export interface EmbeddingWorkerOptions {
  /** Built JavaScript of the worker. */
  file: string;
  workerData: unknown;
  /** Time it has to load the weights. */
  startMs: number;
  /** Time it has for one batch. */
  batchMs: number;
}

interface Pending<Vector> {
  id: number;
  settle: (outcome: Vector[] | Error) => void;
}

const START_ID = 0;

/** One life of the worker thread: answers one batch at a time, and is over after a crash or a hang. */
export class EmbeddingWorker<Request extends object, Vector = Float32Array> {
  private readonly worker: Worker;
  private readonly ready: Promise<unknown>;
  private pending: Pending<Vector> | undefined;
  private ended: Error | undefined;
  private lastId = START_ID;

  constructor(private readonly options: EmbeddingWorkerOptions) {
    // It needs none of the process's settings, secrets least of all.
    this.worker = new Worker(options.file, { workerData: options.workerData, env: {} });
    this.worker.on('message', (response: WorkerResponse<Vector>) => {
      this.take(response);
    });
    this.worker.on('error', (error) => {
      this.end(error);
    });
    this.worker.on('exit', (code) => {
      this.end(new Error(`the worker ended with code ${code}`));
    });
    this.ready = this.expect(START_ID, options.startMs);
    // `embed` awaits it too; until then a failed start is not an unhandled rejection.
    this.ready.catch(() => undefined);
  }

  /** False once it crashed, hung or was closed: make another. */
  get alive(): boolean {
    return this.ended === undefined;
  }

  /** @throws Error when the worker cannot start, fails, takes too long or ends. */
  async embed(request: Request): Promise<Vector[]> {
    await this.ready;
    if (this.ended) throw this.ended;
    const id = ++this.lastId;
    const answer = this.expect(id, this.options.batchMs);
    this.worker.postMessage({ ...request, id });
    return answer;
  }

  async close(): Promise<void> {
    this.end(new Error('the worker was closed'));
    await this.worker.terminate();
  }

  private expect(id: number, limitMs: number): Promise<Vector[]> {
    return new Promise((resolve, reject) => {
      // The thread keeps the process alive only while somebody waits for it.
      this.worker.ref();
      const timer = setTimeout(() => {
        this.end(new Error(`the worker did not answer within ${limitMs} ms`));
        void this.worker.terminate();
      }, limitMs);
      const settle: Pending<Vector>['settle'] = (outcome) => {
        clearTimeout(timer);
        this.worker.unref();
        this.pending = undefined;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      this.pending = { id, settle };
    });
  }

  private take(response: WorkerResponse<Vector>): void {
    const id = response.type === 'ready' ? START_ID : response.id;
    if (this.pending?.id !== id) return;
    if (response.type === 'failed') this.pending.settle(new Error(response.reason));
    else this.pending.settle(response.type === 'vectors' ? response.vectors : []);
  }

  private end(error: Error): void {
    this.ended ??= error;
    this.pending?.settle(error);
  }
}
