import { AudioLog, disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import {
  makeEvent,
  type AnyEnvelope,
  type ChannelSource,
  type CoverageSpan,
  type Segment,
  type Speaker,
  type Participant,
} from '@parley/contracts';
import { createService, type Page, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { AsrModule } from '../asr.module';

/** What is taken out. */
interface Redacts {
  redactPersonalData?: boolean;
  redactNames?: boolean;
}

/** The service with its own database and the embedded bus, who sends audio, and who hears what comes of it. */
export class RunningAsr {
  private readonly heard: AnyEnvelope[] = [];
  private tell: () => void = () => undefined;

  private constructor(
    private readonly database: TestDatabase,
    private service: RunningService,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningAsr> {
    const database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      ...settings,
    });
    enableEmbeddedBus();
    const service = await serve().catch(async (error: unknown) => {
      await disableEmbeddedBus();
      await database.stop();
      throw error;
    });
    const running = new RunningAsr(database, service);
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['audio.session', 'transcript'],
      types: [
        'audio.session.listening',
        'transcript.final',
        'transcript.covered',
        'transcript.completed',
      ],
      handler: (event) => {
        running.heard.push(event as AnyEnvelope);
        running.tell();
        return Promise.resolve();
      },
    });
    return running;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await disableEmbeddedBus();
    await this.database.stop();
  }

  /** It goes, something happens, and another one takes its place. */
  async restart(meanwhile: () => Promise<unknown>): Promise<void> {
    await this.service.close();
    await meanwhile();
    this.service = await serve();
  }

  get url(): string {
    return this.service.url;
  }

  get app(): RunningService['app'] {
    return this.service.app;
  }

  get log(): AudioLog {
    return this.app.get(AudioLog);
  }

  /** As ingestion tells of a meeting. */
  async begin(
    meetingId: string,
    more: Redacts & { participants?: Participant[] } = {},
  ): Promise<void> {
    const started = {
      title: 'Review',
      privacyMode: 'transcript' as const,
      participants: [],
      language: 'en',
      timeZone: 'UTC',
      vocabulary: [],
      startedAt: new Date().toISOString(),
      ...more,
    };
    await embeddedBus()?.bus.publish(makeEvent('meeting.started', started, { meetingId }));
  }

  /** @param speaker null for a channel that several people share */
  async announce(
    meetingId: string,
    channel: string,
    language = 'en',
    speaker: Speaker | null = { id: 'p1', name: 'John' },
    more: Redacts & { source?: ChannelSource } = {},
  ): Promise<void> {
    const data = { channel, speaker, language, startedAt: new Date().toISOString(), ...more };
    await embeddedBus()?.bus.publish(makeEvent('audio.session.opened', data, { meetingId }));
  }

  /** @returns where the audio ends */
  async send(meetingId: string, channel: string, pcm: Buffer, fromMs = 0): Promise<number> {
    const bytes = 100 * 32;
    let startMs = fromMs;
    for (let at = 0; at < pcm.length; at += bytes) {
      const part = pcm.subarray(at, at + bytes);
      await this.log.append(meetingId, { kind: 'audio', channel, startMs, pcm: part });
      startMs += part.length / 32;
    }
    return startMs;
  }

  async end(meetingId: string, channel: string, endMs: number): Promise<void> {
    await this.log.append(meetingId, { kind: 'end', channel, endMs });
    await this.completed(meetingId, channel);
  }

  /** A whole meeting in which this is said, and its final segments. */
  async hold(meetingId: string, pcm: Buffer, language?: string): Promise<Segment[]> {
    await this.announce(meetingId, 'main', language);
    await this.end(meetingId, 'main', await this.send(meetingId, 'main', pcm));
    return this.finals(meetingId);
  }

  async ended(meetingId: string): Promise<void> {
    const data = { endedAt: new Date().toISOString(), channels: ['main'] };
    await embeddedBus()?.bus.publish(makeEvent('meeting.ended', data, { meetingId }));
  }

  completed(meetingId: string, channel: string): Promise<void> {
    return this.until(() =>
      this.of(meetingId).some(
        (event) => event.type === 'transcript.completed' && event.data.channel === channel,
      ),
    );
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        this.tell = resolve;
      });
    }
  }

  /** What it told of a meeting. */
  of(meetingId: string): AnyEnvelope[] {
    return this.heard.filter((event) => event.meetingId === meetingId);
  }

  finals(meetingId: string): Segment[] {
    return this.of(meetingId).flatMap((event) =>
      event.type === 'transcript.final' ? [event.data.segment] : [],
    );
  }

  spansOf(meetingId: string, channel: string): CoverageSpan[] {
    return this.of(meetingId).flatMap((event) =>
      event.type === 'transcript.covered' && event.data.channel === channel ? event.data.spans : [],
    );
  }

  async transcript(meetingId: string, query = ''): Promise<Page<Segment>> {
    const answer = await fetch(`${this.url}/v1/meetings/${meetingId}/transcript${query}`);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Page<Segment>;
  }
}

function serve(): Promise<RunningService> {
  return createService(AsrModule, 'asr', { port: 0 });
}
