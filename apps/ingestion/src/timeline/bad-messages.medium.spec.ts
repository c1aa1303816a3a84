import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import {
  makeEvent,
  newId,
  segmentId,
  type Envelope,
  type Meeting,
  type MeetingId,
} from '@parley/contracts';
import { provideSettings } from '@parley/config';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { eventually } from '../../../../test/harness/eventually';
import { IngestionModule } from '../ingestion.module';
import { TimelineService } from './timeline.service';

const MAX_DELIVERIES = 3;

// Real: the service, PostgreSQL (embedded), the in-memory bus. The tests speak for asr.
describe('ingestion, told by the bus what cannot be,', () => {
  let storage: TestDatabase;
  let database: DataSource;
  let service: RunningService;

  beforeAll(async () => {
    storage = await startTestDatabase();
    provideSettings({ DATABASE_URL: storage.url, DATABASE_POOL_SIZE: '2', LOG_LEVEL: 'silent' });
    enableEmbeddedBus({ maxDeliveries: MAX_DELIVERIES, firstRetryMs: 5 });
    service = await createService(IngestionModule, 'ingestion', { port: 0 });
    database = service.app.get(DataSource, { strict: false });
  });
  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await storage.stop();
  });

  const bus = () => {
    const found = embeddedBus()?.bus;
    if (!found) throw new Error('the embedded bus is not enabled');
    return found;
  };

  /** Resolves when every group has handled it or given it up. */
  const publish = (event: Envelope) => bus().publish(event);

  const lettersOf = async ({ id }: Envelope) =>
    (await bus().deadLetters.list('transcript')).filter(({ event }) => event.includes(id));

  async function meeting(): Promise<string> {
    const response = await fetch(`${service.url}/v1/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Review' }),
    });
    return ((await response.json()) as Meeting).id;
  }

  const covered = (meetingId: string): Envelope<'transcript.covered'> =>
    makeEvent(
      'transcript.covered',
      { channel: 'main', spans: [{ startMs: 0, endMs: 500, state: 'transcribed' }] },
      { meetingId },
    );

  const said = (meetingId: string): Envelope<'transcript.final'> => {
    const segment = {
      id: segmentId(meetingId as MeetingId, 'main', 0),
      meetingId,
      channel: 'main',
      speaker: null,
      startMs: 0,
      endMs: 500,
      text: 'Hello.',
      final: true,
      revision: 0,
      engine: 'test',
      degraded: false,
    };
    return makeEvent('transcript.final', { segment }, { meetingId });
  };

  const timeline = (meetingId: string) => service.app.get(TimelineService).after(meetingId, 0, 10);

  it.each([
    ['a meeting that it does not have', newId<string>()],
    ['a meeting whose id is none', 'not-an-id'],
  ])('keeps coverage of %s as a dead letter with its reason, and goes on', async (_, id) => {
    const lost = covered(id);
    await publish(lost);
    expect(await lettersOf(lost)).toMatchObject([
      {
        group: 'ingestion',
        deliveries: MAX_DELIVERIES,
        reason: expect.stringMatching(/23503|22P02/) as string,
        event: JSON.stringify(lost),
      },
    ]);
    const known = await meeting();
    const good = covered(known);
    await publish(good);
    expect(await lettersOf(good)).toEqual([]);
  });

  it('writes that coverage after all, once the meeting is there and the letter is handed back', async () => {
    const id = newId<string>();
    const early = covered(id);
    await publish(early);
    const [letter] = await lettersOf(early);
    await database.query(
      `INSERT INTO ingestion.meetings SELECT (jsonb_populate_record(m, jsonb_build_object('id', $1::text))).*
       FROM ingestion.meetings m WHERE m.id = $2`,
      [id, await meeting()],
    );
    expect(await bus().deadLetters.replay('transcript', letter?.id ?? '')).toBe(true);
    const spans = (): Promise<unknown[]> =>
      database.query(
        'SELECT start_ms, end_ms FROM ingestion.coverage_spans WHERE meeting_id = $1',
        [id],
      );
    const [span] = await eventually('the coverage is written', 5_000, async () => {
      const found = await spans();
      return found.length > 0 ? found : undefined;
    });
    expect(span).toEqual({ start_ms: 0, end_ms: 500 });
    expect(await lettersOf(early)).toEqual([]);
  });

  it('puts a line from the future where it came, in its turn', async () => {
    const id = await meeting();
    const future = { ...said(id), occurredAt: '2199-01-01T00:00:00.000Z' };
    await publish(future);
    const now = covered(id);
    await publish(now);
    const entries = await timeline(id);
    expect(entries.map(({ cursor }) => cursor)).toEqual(entries.map((_, at) => at + 1));
    expect(entries[0]).toMatchObject({ type: 'segment.final', at: '2199-01-01T00:00:00.000Z' });
    expect(await lettersOf(future)).toEqual([]);
  });

  it.each([
    ['a version to come', { version: 2 }, 'unknown version 2'],
    ['a date that is none', { occurredAt: 'tomorrow' }, 'occurredAt'],
  ])('gives up %s at once, with the reason', async (_, wrong, reason) => {
    const id = await meeting();
    const event: Envelope<'transcript.final'> = { ...said(id), ...wrong };
    await publish(event);
    const [letter] = await lettersOf(event);
    expect(letter).toMatchObject({ group: 'ingestion', deliveries: 1 });
    expect(letter?.reason).toContain(reason);
    expect(await timeline(id)).toEqual([]);
  });
});
