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
import {
  FakeService,
  problem,
  startTestDatabase,
  type ArrangedAnswer,
  type TestDatabase,
} from '@parley/testing';
import { DataSource } from 'typeorm';
import { NluModule } from '../nlu.module';

const UTTERANCE_MS = 5_000;

/** The service with its own database and the embedded bus, beside an ingestion that knows no meeting but those arranged. */
export class RunningNlu {
  /** What it told, oldest first. */
  told: Envelope<'insight.created'>[] = [];
  private heard = (): void => undefined;

  private constructor(
    private readonly database: TestDatabase,
    private readonly ingestion: FakeService,
    private readonly service: RunningService,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningNlu> {
    const [database, ingestion] = await Promise.all([startTestDatabase(), FakeService.start()]);
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      INGESTION_URL: ingestion.url,
      ...settings,
    });
    enableEmbeddedBus();
    const service = await createService(NluModule, 'nlu', { port: 0 });
    const nlu = new RunningNlu(database, ingestion, service);
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
    await this.ingestion.stop();
    await this.database.stop();
  }

  get url(): string {
    return this.service.url;
  }

  /** What ingestion answers when it is asked for this meeting. */
  arrange(meetingId: MeetingId, isThere: boolean): void {
    const answer: ArrangedAnswer = isThere
      ? { status: 200, body: { id: meetingId, ...started(meetingId).data } }
      : problem('meeting-not-found', 'There is no meeting with this id.');
    this.ingestion.on(`GET /v1/meetings/${meetingId}`, () => answer);
  }

  sql(text: string, values: unknown[] = []): Promise<unknown[]> {
    return this.service.app.get(DataSource).query(text, values);
  }

  /** One that ingestion does not know any more: nlu has to know it by itself. */
  async newMeeting(): Promise<MeetingId> {
    const meetingId = newId<MeetingId>();
    this.arrange(meetingId, false);
    await this.publish(started(meetingId));
    return meetingId;
  }

  async publish(...events: Envelope[]): Promise<void> {
    await busOf().publish(...events);
  }

  /** Resolves once so many insights were told since {@link told} was emptied. */
  toldOf(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.heard = () => {
        if (this.told.length >= count) resolve();
      };
      this.heard();
    });
  }

  /** Publishes, and waits for what is found in it. */
  async understand(segment: Segment): Promise<Insight> {
    const next = this.toldOf(this.told.length + 1);
    await this.publish(spoken(segment));
    await next;
    const insight = this.told.at(-1)?.data.insight;
    if (!insight) throw new Error('nothing was told');
    return insight;
  }
}

function busOf() {
  const embedded = embeddedBus();
  if (!embedded) throw new Error('the embedded bus is not enabled');
  return embedded.bus;
}

export function started(meetingId: MeetingId): Envelope<'meeting.started'> {
  return makeEvent(
    'meeting.started',
    {
      title: 'Weekly review',
      privacyMode: 'transcript',
      participants: [{ id: newId(), name: 'Maria Lopez' }],
      language: 'en',
      timeZone: 'Europe/Berlin',
      vocabulary: [],
      startedAt: '2026-11-23T09:00:00Z',
    },
    { meetingId },
  );
}

export function erased(meetingId: MeetingId): Envelope<'meeting.erased'> {
  return makeEvent('meeting.erased', { erasedAt: new Date().toISOString() }, { meetingId });
}

export function reduced(meetingId: MeetingId): Envelope<'meeting.reduced'> {
  return makeEvent('meeting.reduced', { reducedAt: new Date().toISOString() }, { meetingId });
}

export function spoken(segment: Segment): Envelope<'transcript.final'> {
  return makeEvent('transcript.final', { segment }, { meetingId: segment.meetingId });
}

/** A final segment, five seconds after the one before it. */
export function final(meetingId: MeetingId, utterance: number, text: string): Segment {
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
