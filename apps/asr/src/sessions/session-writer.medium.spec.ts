import { Broadcast, disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import { newId, type Envelope } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { AsrModule } from '../asr.module';
import type { Final } from '../listening/outcome';
import { SpeakersRepository } from '../speakers/speakers.repository';
import { VoicesRepository } from '../voices/voices.repository';
import { LeasesRepository, type Lease } from './leases.repository';
import { SessionWriter } from './session-writer';
import { SessionsRepository } from './sessions.repository';

// Real: the service, its repositories and Postgres. The bus is the embedded one.
describe('what a channel said, as it is written', () => {
  let database: TestDatabase;
  let service: RunningService;
  let told: Envelope<'transcript.final'>[];
  let wake: () => void = () => undefined;

  beforeAll(async () => {
    database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      // The service itself takes no part.
      ASR_LEASE_SECONDS: '600',
    });
    enableEmbeddedBus();
    service = await createService(AsrModule, 'asr', { port: 0 });
    told = [];
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['transcript'],
      types: ['transcript.final'],
      handler: (event) => {
        told.push(event as Envelope<'transcript.final'>);
        wake();
        return Promise.resolve();
      },
    });
  }, 60_000);

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
  });

  const get = <Part>(part: abstract new (...given: never[]) => Part): Part =>
    service.app.get<Part>(part, { strict: false });

  async function begun(): Promise<SessionWriter> {
    const unitOfWork = get(UnitOfWork);
    const [leases, sessions] = [get(LeasesRepository), get(SessionsRepository)];
    const [meetingId, workspaceId] = [newId<string>(), 'default'];
    const channel = { meetingId, channel: 'main', workspaceId, speaker: null, language: 'en' };
    const taken = await unitOfWork.run(async ({ manager }) => {
      await leases.register(meetingId, workspaceId, manager);
      await sessions.open(manager, { ...channel, redactPersonalData: false });
      // At once, before the service takes it.
      return leases.claim(manager, 'us', 600, { kind: 'new', limit: 1, meetingId });
    });
    const session = await sessions.find(meetingId, 'main');
    if (!taken[0] || !session) throw new Error('the meeting was not taken');
    const lease: Lease = taken[0];
    return new SessionWriter(lease, session, {
      unitOfWork,
      leases,
      sessions,
      speakers: get(SpeakersRepository),
      voices: get(VoicesRepository),
      broadcast: get(Broadcast),
      arrivedMsAgo: (ms) => 10_000 - ms,
      written: () => undefined,
    });
  }

  const said = (startMs: number, endMs: number): Final => ({
    bounds: { startMs, endMs, speechStartMs: startMs, speechEndMs: endMs },
    text: `from ${startMs}`,
    engine: 'test',
    words: [],
    degraded: false,
    voiceId: null,
  });

  it('tells of each part of a divided utterance when its own words arrived', async () => {
    const writer = await begun();
    const first = said(0, 1_900);
    writer.draft(first);
    const spans = [{ startMs: 0, endMs: 4_000, state: 'transcribed' as const }];
    await writer.settle({ spans, checkpointMs: 4_000, finals: [first, said(2_000, 3_900)] });
    while (told.length < 2) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const times = told.map(({ data }) => data.times);
    const last = times.map((one) => Date.parse(one?.lastWordAt ?? ''));
    expect((last[1] ?? 0) - (last[0] ?? 0)).toBe(2_000);
    expect(times.map((one) => typeof one?.firstPartialAt)).toEqual(['string', 'undefined']);
  });
});
