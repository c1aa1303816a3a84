import { Broadcast } from '@parley/bus';
import { newId } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import type { Final } from '../listening/outcome';
import { SpeakersRepository } from '../speakers/speakers.repository';
import { RunningAsr } from '../testing/running-asr';
import { VoicesRepository } from '../voices/voices.repository';
import { LeasesRepository, type Lease } from './leases.repository';
import { SessionWriter } from './session-writer';
import { SessionsRepository } from './sessions.repository';

// Real: the service, its repositories and Postgres. The bus is the embedded one.
describe('what a channel said, as it is written', () => {
  let running: RunningAsr;

  beforeAll(async () => {
    // The service itself takes no part.
    running = await RunningAsr.start({ ASR_LEASE_SECONDS: '600' });
  }, 60_000);

  afterAll(async () => {
    await running.stop();
  });

  const get = <Part>(part: abstract new (...given: never[]) => Part): Part =>
    running.app.get<Part>(part, { strict: false });

  async function begun(meetingId: string): Promise<SessionWriter> {
    const unitOfWork = get(UnitOfWork);
    const [leases, sessions] = [get(LeasesRepository), get(SessionsRepository)];
    const workspaceId = 'default';
    const channel = { meetingId, channel: 'main', workspaceId, speaker: null, language: 'en' };
    const taken = await unitOfWork.run(async ({ manager }) => {
      await leases.register(meetingId, workspaceId, manager);
      await sessions.open(manager, {
        ...channel,
        source: 'audio',
        redactPersonalData: false,
        redactNames: false,
      });
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
      people: [],
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
    const meetingId = newId<string>();
    const writer = await begun(meetingId);
    const first = said(0, 1_900);
    writer.draft({ ...first, heard: first.text, stableLength: 0 });
    const spans = [{ startMs: 0, endMs: 4_000, state: 'transcribed' as const }];
    await writer.settle({ spans, checkpointMs: 4_000, finals: [first, said(2_000, 3_900)] });
    const told = () =>
      running.of(meetingId).flatMap((event) => {
        return event.type === 'transcript.final' ? [event.data] : [];
      });
    await running.until(() => told().length === 2);
    const times = told().map((data) => data.times);
    const last = times.map((one) => Date.parse(one?.lastWordAt ?? ''));
    expect((last[1] ?? 0) - (last[0] ?? 0)).toBe(2_000);
    expect(times.map((one) => typeof one?.firstPartialAt)).toEqual(['string', 'undefined']);
  });

  it('tells of provisional text how much of it is confirmed', async () => {
    const meetingId = newId<string>();
    const writer = await begun(meetingId);
    const partial = new Promise<unknown>((resolve) => {
      void get(Broadcast).subscribe('segment.partial', resolve);
    });
    writer.draft({ ...said(0, 900), text: 'We ship on', heard: 'We sip on', stableLength: 7 });
    expect(await partial).toMatchObject({ text: 'We ship on', stableLength: 7, final: false });
    expect(await partial).not.toHaveProperty('heard');
  });
});
