import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import {
  makeEvent,
  newId,
  segmentId,
  type MeetingId,
  type SearchMode,
  type SearchHit,
  type SearchResults,
} from '@parley/contracts';
import { configureLogging } from '@parley/observability';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { VectorBackfill } from '../../apps/rag/src/chunks/vector-backfill';
import { MeetingIndexer } from '../../apps/rag/src/meetings/meeting-indexer';
import { RagModule } from '../../apps/rag/src/rag.module';
import type { Evidence } from '../../apps/rag/src/search/ranking';
import { SearchService } from '../../apps/rag/src/search/search.service';
import type { RealTurn } from './real-meetings';

export interface HeldChunk {
  id: string;
  meeting: number;
  text: string;
  /** Numbers of the turns that it is made of. */
  turns: number[];
}

/** rag, with a database and a bus of its own, after meetings were held: told by the events that asr would send. */
export class HeldMeetings {
  readonly chunks: HeldChunk[] = [];
  indexSeconds = 0;
  private readonly ids: MeetingId[] = [];

  private constructor(
    private readonly service: RunningService,
    private readonly stopDatabase: () => Promise<void>,
  ) {}

  static async start(modelsDir: string): Promise<HeldMeetings> {
    const database = await startTestDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      MODELS_DIR: modelsDir,
      RATE_LIMIT_PER_MINUTE: '0',
    });
    configureLogging({ level: 'silent' });
    enableEmbeddedBus();
    const service = await createService(RagModule, 'rag', { port: 0 });
    return new HeldMeetings(service, () => database.stop());
  }

  async hold(meetings: RealTurn[][]): Promise<void> {
    for (const [meeting, turns] of meetings.entries()) await this.tell(turns, meeting);
    const startedAt = performance.now();
    await this.service.app.get(MeetingIndexer).run();
    const complete = await this.service.app.get(VectorBackfill).run();
    if (!complete) throw new Error('the embedding model failed');
    this.indexSeconds = (performance.now() - startedAt) / 1_000;
    const rows = await this.service.app.get(DataSource).query<
      { id: string; meeting: MeetingId; text: string; segments: string[] }[]
    >(`SELECT id, meeting_id AS meeting, text, segment_ids AS segments
       FROM rag.chunks ORDER BY meeting_id, ordinal`);
    for (const { id, meeting, text, segments } of rows) {
      const turns = segments.map(turnNumberOf);
      this.chunks.push({ id, meeting: this.ids.indexOf(meeting), text, turns });
    }
  }

  /** Over HTTP, as anybody would. @param meeting look into this one only */
  async search(query: string, mode: SearchMode, meeting?: number): Promise<SearchHit[]> {
    const only = meeting === undefined ? {} : { meetingIds: [this.ids[meeting]] };
    const response = await fetch(`${this.service.url}/v1/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, mode, limit: 50, ...only }),
    });
    if (!response.ok) throw new Error(`the search answered ${response.status}`);
    const { items, degraded } = (await response.json()) as SearchResults;
    if (degraded) throw new Error('the search had to do without vectors');
    return items;
  }

  /** What the same search knows before it weighs it. */
  async evidence(query: string): Promise<Evidence[]> {
    const scope = { workspaceId: 'default' };
    return (await this.service.app.get(SearchService).find(query, 'hybrid', scope)).evidence;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await disableEmbeddedBus();
    await this.stopDatabase();
  }

  private async tell(turns: RealTurn[], meeting: number): Promise<void> {
    const meetingId = newId<MeetingId>();
    this.ids.push(meetingId);
    const about = { meetingId };
    const startedAt = new Date(Date.UTC(2026, 0, 1 + meeting, 9)).toISOString();
    const bus = embeddedBus()?.bus;
    await bus?.publish(
      makeEvent(
        'meeting.started',
        {
          title: `Meeting ${meeting + 1}`,
          privacyMode: 'transcript',
          participants: [],
          language: 'en',
          timeZone: 'UTC',
          vocabulary: [],
          startedAt,
        },
        about,
      ),
    );
    for (const { number, speaker, text } of turns) {
      const segment = {
        id: segmentId(meetingId, 'main', number),
        meetingId,
        channel: 'main',
        speaker: { id: speaker, name: speaker },
        startMs: number * 5_000,
        endMs: number * 5_000 + 4_000,
        text,
        final: true,
        revision: 0,
        engine: 'people',
        degraded: false,
      };
      await bus?.publish(makeEvent('transcript.final', { segment }, about));
    }
    await bus?.publish(
      makeEvent('meeting.ended', { endedAt: startedAt, channels: ['main'] }, about),
    );
  }
}

/** The number of the turn that a segment was. */
export function turnNumberOf(id: string): number {
  return Number(id.split(':').at(-1));
}
