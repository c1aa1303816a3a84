import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import {
  makeEvent,
  newId,
  segmentId,
  type Envelope,
  type Insight,
  type MeetingId,
  type Segment,
} from '@parley/contracts';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { NluModule } from '../nlu.module';

const UTTERANCE_MS = 5_000;

/** The service with its own database and the embedded bus, told of meetings and segments and heard out. */
export class RunningNlu {
  private readonly told: Envelope<'insight.created'>[] = [];
  private heard = (): void => undefined;

  private constructor(
    private readonly database: TestDatabase,
    private readonly service: RunningService,
  ) {}

  static async start(settings: Record<string, string>): Promise<RunningNlu> {
    const database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      ...settings,
    });
    enableEmbeddedBus();
    const nlu = new RunningNlu(database, await createService(NluModule, 'nlu', { port: 0 }));
    await busOf().subscribe({
      group: 'test',
      topics: ['insight'],
      types: ['insight.created'],
      handler: async (event) => {
        nlu.told.push(event as Envelope<'insight.created'>);
        nlu.heard();
      },
    });
    return nlu;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await disableEmbeddedBus();
    await this.database.stop();
  }

  get url(): string {
    return this.service.url;
  }

  sql(text: string, values: unknown[]): Promise<unknown[]> {
    return this.service.app.get(DataSource).query(text, values);
  }

  async newMeeting(): Promise<MeetingId> {
    const meetingId = newId<MeetingId>();
    const meeting = {
      title: 'Weekly review',
      privacyMode: 'transcript' as const,
      participants: [],
      language: 'en',
      timeZone: 'UTC',
      vocabulary: [],
      startedAt: '2026-11-23T09:00:00Z',
    };
    await this.publish(makeEvent('meeting.started', meeting, { meetingId }));
    return meetingId;
  }

  /** Publishes, and waits for what is found in it. */
  async understand(segment: Segment): Promise<Insight> {
    const known = this.told.length;
    const told = new Promise<void>((resolve) => {
      this.heard = () => {
        if (this.told.length > known) resolve();
      };
    });
    await this.publish(spoken(segment));
    await told;
    const insight = this.told.at(-1)?.data.insight;
    if (!insight) throw new Error('nothing was told');
    return insight;
  }

  async publish(event: Envelope): Promise<void> {
    await busOf().publish(event);
  }
}

function busOf() {
  const embedded = embeddedBus();
  if (!embedded) throw new Error('the embedded bus is not enabled');
  return embedded.bus;
}

export function spoken(segment: Segment): Envelope<'transcript.final'> {
  return makeEvent('transcript.final', { segment }, { meetingId: segment.meetingId });
}

export function finalOf(meetingId: MeetingId, utterance: number, text: string): Segment {
  return {
    id: segmentId(meetingId, 'main', utterance),
    meetingId,
    channel: 'main',
    speaker: null,
    startMs: utterance * UTTERANCE_MS,
    endMs: utterance * UTTERANCE_MS + 3_000,
    text,
    final: true,
    revision: 0,
    engine: 'test',
    degraded: false,
  };
}
