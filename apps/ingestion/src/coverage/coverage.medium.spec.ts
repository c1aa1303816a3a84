import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import {
  makeEvent,
  type Coverage,
  type CoverageSpan,
  type Meeting,
  type TimelineEntry,
} from '@parley/contracts';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { ChannelOpenings } from '../audio/channel-openings';
import { IngestionModule } from '../ingestion.module';
import { CoverageRepository } from './coverage.repository';

// Real: the service and PostgreSQL. The tests speak for asr.
describe('the spans of a meeting', () => {
  let storage: TestDatabase;
  let service: RunningService;
  let spans: CoverageRepository;
  let meetingId: string;

  beforeAll(async () => {
    storage = await startTestDatabase();
    provideSettings({ DATABASE_URL: storage.url, DATABASE_POOL_SIZE: '2', LOG_LEVEL: 'silent' });
    enableEmbeddedBus();
    service = await createService(IngestionModule, 'ingestion', { port: 0 });
    spans = service.app.get(CoverageRepository, { strict: false });
  });
  beforeEach(async () => {
    const response = await fetch(`${service.url}/v1/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Review' }),
    });
    ({ id: meetingId } = (await response.json()) as Meeting);
  });
  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await storage.stop();
  });

  const silence = (startMs: number, endMs: number): CoverageSpan => {
    return { startMs, endMs, state: 'silence' };
  };
  const stored = async () =>
    (await spans.of(meetingId)).map(({ startMs, endMs, state }) => [state, startMs, endMs]);
  const countedSeconds = async () => {
    const { url } = service;
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/coverage_seconds_total\{state="silence"\} (\S+)/.exec(text)?.[1]);
  };

  it('are one for silence that goes on, and one for each word of asr otherwise', async () => {
    for (let at = 0; at < 10_000; at += 2_000) {
      await spans.add(meetingId, 'main', [silence(at, at + 2_000)]);
    }
    await spans.add(meetingId, 'main', [
      { startMs: 10_000, endMs: 11_000, state: 'transcribed' },
      silence(11_000, 12_000),
    ]);
    await spans.add(meetingId, 'other', [silence(10_000, 12_000)]);
    expect(await stored()).toEqual([
      ['silence', 0, 10_000],
      ['transcribed', 10_000, 11_000],
      ['silence', 11_000, 12_000],
      ['silence', 10_000, 12_000],
    ]);
  });

  it('change by nothing that comes again, and count it once', async () => {
    const before = await countedSeconds();
    const all = [silence(0, 2_000), silence(2_000, 4_000), silence(4_000, 6_000)];
    for (const one of all) await spans.add(meetingId, 'main', [one]);
    for (const one of all) await spans.add(meetingId, 'main', [one]);
    expect(await stored()).toEqual([['silence', 0, 6_000]]);
    expect((await countedSeconds()) - before).toBe(6);
  });

  it('add up to the same in whatever order they come, and several at once', async () => {
    const all = Array.from({ length: 20 }, (_, nth) => silence(nth * 2_000, (nth + 1) * 2_000));
    await Promise.all(all.reverse().map((one) => spans.add(meetingId, 'main', [one])));
    expect(await spans.lengthOf(meetingId, 'main', 'silence')).toBe(40_000);
  });

  it('are pending, not lost, where asr was done before its word of them has come', async () => {
    const { app } = service;
    const channel = { channel: 'main', source: 'audio' as const };
    await app.get(ChannelOpenings, { strict: false }).open(meetingId, channel);
    const cover = (...covered: CoverageSpan[]) =>
      embeddedBus()?.bus.publish(
        makeEvent('transcript.covered', { channel: 'main', spans: covered }, { meetingId }),
      );
    const ledger = async () => {
      const response = await fetch(`${service.url}/v1/meetings/${meetingId}/coverage`);
      const { silenceMs, pendingMs, lostMs } = (await response.json()) as Coverage;
      return { silenceMs, pendingMs, lostMs };
    };
    await cover(silence(0, 3_000), silence(4_000, 5_000));
    const completed = { channel: 'main', lastMs: 5_000, finals: 0 };
    await embeddedBus()?.bus.publish(makeEvent('transcript.completed', completed, { meetingId }));
    expect(await ledger()).toEqual({ silenceMs: 4_000, pendingMs: 1_000, lostMs: 0 });

    await cover(silence(3_000, 4_000));
    expect(await ledger()).toEqual({ silenceMs: 5_000, pendingMs: 0, lostMs: 0 });
    const timeline = await fetch(`${service.url}/v1/meetings/${meetingId}/timeline`);
    const { items } = (await timeline.json()) as { items: TimelineEntry[] };
    expect(items.at(-1)).toMatchObject({ type: 'coverage', data: { pendingMs: 0 } });
  });

  it('are shown to viewers as they come, silence that goes on every ten seconds', async () => {
    const said: CoverageSpan = { startMs: 31_000, endMs: 32_500, state: 'transcribed' };
    const quiet = Array.from({ length: 15 }, (_, nth) => silence(nth * 2_000, (nth + 1) * 2_000));
    for (const span of [...quiet, silence(30_000, 31_000), said, silence(32_500, 34_500)]) {
      const about = { meetingId };
      const event = makeEvent('transcript.covered', { channel: 'main', spans: [span] }, about);
      await embeddedBus()?.bus.publish(event);
    }
    const response = await fetch(`${service.url}/v1/meetings/${meetingId}/timeline`);
    const { items } = (await response.json()) as { items: { type: string }[] };
    const shown = items.filter(({ type }) => type === 'coverage').length;
    // From 0, up to 10, 20 and 30 seconds, and what was said.
    expect(shown).toBe(5);
    expect((await stored()).length).toBe(3);
  });
});
