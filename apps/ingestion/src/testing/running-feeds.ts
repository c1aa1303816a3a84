import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import {
  createParleyClient,
  unwrap,
  type FeedTransport,
  type ParleyClient,
  type TimelineEntry,
} from '@parley/client';
import { provideSettings } from '@parley/config';
import { makeEvent } from '@parley/contracts';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { WebSocket } from 'ws';
import { IngestionModule } from '../ingestion.module';
import { FeedHub } from '../timeline/feed-hub';
import { TimelineService } from '../timeline/timeline.service';
import { segmentOf } from './segment-of';

/** Whatever a feed promises holds over each of them. */
export const TRANSPORTS: FeedTransport[] = ['sse', 'websocket'];

/** The service with its own database and the embedded bus, and a viewer of its feeds. */
export class RunningFeeds {
  readonly client: ParleyClient;

  private constructor(
    private readonly database: TestDatabase,
    private running: RunningService,
  ) {
    this.client = this.clientAt(running.url);
  }

  static async start(settings: Record<string, string> = {}): Promise<RunningFeeds> {
    const database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      FEED_BUFFER_BYTES: '65536',
      FEED_HEARTBEAT_SECONDS: '0.2',
      ...settings,
    });
    enableEmbeddedBus();
    return new RunningFeeds(database, await RunningFeeds.serve(0));
  }

  async stop(): Promise<void> {
    await this.running.close();
    await disableEmbeddedBus();
    await this.database.stop();
  }

  /** The service goes, and another takes its place at the same address. */
  async replace(): Promise<void> {
    await this.running.close();
    this.running = await RunningFeeds.serve(Number(new URL(this.url).port));
  }

  get url(): string {
    return this.running.url;
  }

  get app(): RunningService['app'] {
    return this.running.app;
  }

  /** Viewers that are connected. */
  get open(): number {
    return this.app.get(FeedHub, { strict: false }).open;
  }

  /** A client that comes to the service through this address. */
  clientAt(url: string): ParleyClient {
    return createParleyClient({
      baseUrls: { ingestion: url },
      openSocket: (address) => new WebSocket(address),
    });
  }

  async newMeeting(): Promise<string> {
    const made = this.client.ingestion.POST('/v1/meetings', { body: { title: 'Review' } });
    return (await unwrap(made)).id;
  }

  async say(meetingId: string, ordinal: number, text?: string): Promise<void> {
    const said = { segment: segmentOf(meetingId, ordinal, text) };
    await embeddedBus()?.bus.publish(makeEvent('transcript.final', said, { meetingId }));
  }

  /** The same without the bus: it is on the timeline when this resolves. */
  async store(meetingId: string, ordinal: number, text?: string): Promise<void> {
    const said = { segment: segmentOf(meetingId, ordinal, text) };
    const event = makeEvent('transcript.final', said, { meetingId });
    const timeline = this.app.get(TimelineService, { strict: false });
    await timeline.append(event, 'segment.final', said.segment);
  }

  /** The first so many entries after `lastEventId`. */
  async read(
    meetingId: string,
    transport: FeedTransport,
    count: number,
    { client = this.client, lastEventId = 0 } = {},
  ): Promise<TimelineEntry[]> {
    const entries: TimelineEntry[] = [];
    for await (const entry of client.subscribe(meetingId, { transport, lastEventId })) {
      entries.push(entry);
      if (entries.length === count) break;
    }
    return entries;
  }

  private static serve(port: number): Promise<RunningService> {
    return createService(IngestionModule, 'ingestion', { port });
  }
}
