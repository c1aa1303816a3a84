import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { isMeetingErased, UnitOfWork } from '@parley/database';
import { newId } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { EntityManager } from 'typeorm';
import { chunkTurns } from '../chunking/turns';
import { countWords } from '../chunking/sentences';
import { ChunksRepository, type NewChunk, type TakenChunk } from '../chunks/chunks.repository';
import { IndexMetrics } from '../chunks/index.metrics';
import { VectorBackfill } from '../chunks/vector-backfill';
import type { MeetingEntity } from './meeting.entity';
import { MeetingsRepository } from './meetings.repository';

/** Corrections and late segments come in bursts. */
const GATHER_MS = 500;
const RETRY_MS = 60_000;

/** Cuts ended meetings into chunks, again after each correction; their vectors are made later, in quiet moments. */
@Injectable()
export class MeetingIndexer implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private pass: Promise<void> = Promise.resolve();

  constructor(
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(ChunksRepository) private readonly chunks: ChunksRepository,
    @Inject(VectorBackfill) private readonly backfill: VectorBackfill,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(IndexMetrics) private readonly metrics: IndexMetrics,
  ) {}

  /** What ended while nobody was there to index it. */
  onApplicationBootstrap(): void {
    this.soon(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.pass;
  }

  /** Starts a pass after a while, unless one is due already. */
  soon(waitMs = GATHER_MS): void {
    if (this.stopping || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.pass = this.pass.then(() => this.runOrRetry());
    }, waitMs);
    this.timer.unref();
  }

  /** One pass over all that is to be indexed. */
  async run(): Promise<void> {
    while (!this.stopping) {
      const meeting = await this.meetings.nextToIndex();
      if (!meeting) return;
      await this.index(meeting);
    }
  }

  private async runOrRetry(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      if (this.stopping) return;
      // Between the first and the last step of its erasure: the others are looked at a little later.
      if (isMeetingErased(error)) {
        this.soon();
        return;
      }
      logEvent('meeting.not-indexed', { err: error });
      this.soon(RETRY_MS);
    }
  }

  /** One transaction: no search sees half of a meeting, and what changes meanwhile waits for the next pass. */
  private async index({ id, workspaceId, title }: MeetingEntity): Promise<void> {
    const startedAt = performance.now();
    const count = await this.work.run(async ({ manager }) => {
      const held = await this.meetings.hold(manager, id);
      if (!held) return null;
      const segments = await this.meetings.segments(manager, id);
      const known = await this.takeOld(manager, id);
      const rows = chunkTurns(segments).map((chunk): NewChunk => {
        // A chunk that a correction did not touch keeps its id, and its vector.
        const same = known.get(chunk.text)?.pop();
        return {
          id: same?.id ?? newId(),
          workspaceId,
          documentId: null,
          meetingId: id,
          ordinal: chunk.ordinal,
          context: title,
          text: chunk.text,
          page: null,
          segmentIds: chunk.segmentIds,
          startMs: chunk.startMs,
          endMs: chunk.endMs,
          wordCount: countWords(title) + countWords(chunk.text),
          embedding: same?.context === title ? same.embedding : null,
        };
      });
      await this.chunks.insert(manager, rows);
      const words = rows.reduce((sum, row) => sum + row.wordCount, 0);
      await this.meetings.indexed(manager, id, { ...held, chunks: rows.length, words });
      return rows.length;
    });
    if (count === null) return;
    const ms = Math.round(performance.now() - startedAt);
    this.metrics.indexed(ms / 1_000, count);
    logEvent('meeting.indexed', { meetingId: id, chunks: count, ms });
    this.backfill.soon(0);
  }

  private async takeOld(
    manager: EntityManager,
    meetingId: string,
  ): Promise<Map<string, TakenChunk[]>> {
    const known = new Map<string, TakenChunk[]>();
    for (const chunk of await this.chunks.takeMeeting(manager, meetingId)) {
      known.set(chunk.text, [...(known.get(chunk.text) ?? []), chunk]);
    }
    return known;
  }
}
