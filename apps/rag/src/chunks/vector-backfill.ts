import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { ChunkEmbedder } from './chunk-embedder';
import { ChunksRepository } from './chunks.repository';
import { LiveMeetings } from './live-meetings';

/** A small batch: what waits for the model, a live question above all, does not wait for long. */
const BATCH_CHUNKS = 8;
const RETRY_MS = 60_000;
const REST_PER_WORK = 3;

/** Gives vectors to chunks that have none of the engine in use: it failed when they came, or it was changed since. */
@Injectable()
export class VectorBackfill implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private pass: Promise<void> = Promise.resolve();
  private running: Promise<boolean> | undefined;

  constructor(
    @Inject(ChunksRepository) private readonly chunks: ChunksRepository,
    @Inject(ChunkEmbedder) private readonly embedder: ChunkEmbedder,
    @Inject(LiveMeetings) private readonly live: LiveMeetings,
  ) {}

  onApplicationBootstrap(): void {
    this.soon(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.pass;
  }

  /** Starts a pass after a while; one that is due already is moved. */
  soon(waitMs = RETRY_MS): void {
    clearTimeout(this.timer);
    if (this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.pass = this.pass.then(() => this.runOrRetry());
    }, waitMs);
    this.timer.unref();
  }

  /** One pass over all that is missing, or the one that is on already. @returns false when the model failed before the end. */
  run(): Promise<boolean> {
    this.running ??= this.makeAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async makeAll(): Promise<boolean> {
    const engine = this.embedder.vectorName;
    for (let done = 0; ; done += BATCH_CHUNKS) {
      this.stopping.signal.throwIfAborted();
      const batch = await this.chunks.withoutVectors(engine, BATCH_CHUNKS);
      if (batch.length === 0) {
        if (done > 0) logEvent('vectors.made', { engine, chunks: done });
        return true;
      }
      const startedAt = performance.now();
      const vectors = await this.embedder.embed(batch, this.stopping.signal);
      if (!vectors) return false;
      const ids = batch.map((chunk) => chunk.id);
      await this.chunks.setVectors(ids, engine, vectors);
      await this.yieldToAudio(performance.now() - startedAt);
    }
  }

  /** While somebody speaks, three quarters of the time are theirs. */
  private async yieldToAudio(workedMs: number): Promise<void> {
    if (!(await this.live.any())) return;
    await sleep(workedMs * REST_PER_WORK, undefined, { signal: this.stopping.signal });
  }

  private async runOrRetry(): Promise<void> {
    try {
      if (!(await this.run())) this.soon();
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      logEvent('vectors.failed', { err: error });
      this.soon();
    }
  }
}
