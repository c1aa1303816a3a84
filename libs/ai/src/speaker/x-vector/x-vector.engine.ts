import { builtFile } from '@parley/config';
import { EmbeddingWorker } from '../../embedding/embedding-worker';
import { ModelFailedError } from '../../text/model-failed.error';
import { SpeakerEngine, type Stretch } from '../speaker-engine';
import type { Voice, VoiceRequest } from './x-vector.protocol';

const START_MS = 60_000;
const BATCH_MS = 30_000;

/**
 * Kaldi's x-vector in a worker thread, which starts with the first utterance and is started again after a crash; the
 * utterance that it died with is tried once more.
 */
export class XVectorEngine extends SpeakerEngine {
  readonly name = 'kaldi-x-vector';
  readonly dimensions = 128;
  private worker: EmbeddingWorker<Omit<VoiceRequest, 'id'>, Voice> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;

  /** @param directory where the weights are, intact: see `verifyModelFiles` */
  constructor(private readonly directory: string) {
    super();
  }

  embed(samples: Float32Array, stretches: readonly Stretch[]): Promise<Voice[]> {
    // One after the other: the worker takes no more at a time.
    const done = this.turn.then(() => this.embedNow({ samples, stretches }));
    this.turn = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.close();
  }

  private async embedNow(request: Omit<VoiceRequest, 'id'>): Promise<Voice[]> {
    for (let retried = false; ; retried = true) {
      if (this.closed) throw new ModelFailedError(this.name, 'closed', 'it was closed');
      const worker = this.livingWorker();
      try {
        return await worker.embed(request);
      } catch (error) {
        if (!worker.alive && !retried) continue;
        throw new ModelFailedError(
          this.name,
          'refused',
          `the local model failed: ${String(error)}`,
        );
      }
    }
  }

  private livingWorker(): EmbeddingWorker<Omit<VoiceRequest, 'id'>, Voice> {
    if (this.worker?.alive) return this.worker;
    this.worker = new EmbeddingWorker({
      file: builtFile(__dirname, 'x-vector.worker'),
      workerData: { directory: this.directory },
      startMs: START_MS,
      batchMs: BATCH_MS,
    });
    return this.worker;
  }
}
