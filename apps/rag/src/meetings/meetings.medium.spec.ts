import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import {
  makeEvent,
  newId,
  segmentId,
  type Envelope,
  type MeetingId,
  type SearchResults,
  type Segment,
} from '@parley/contracts';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { VectorBackfill } from '../chunks/vector-backfill';
import { RagModule } from '../rag.module';
import { MeetingIndexer } from './meeting-indexer';

const TALK: [string, string][] = [
  ['Ana', 'Shall we look at the price of the scooter rental in Lisbon?'],
  ['Ben', 'The rental costs forty euros a day, insurance included.'],
  ['Ana', 'Then we take two of them for the offsite in May.'],
];

// Real: Postgres (embedded) with pgvector, the embedding model, the embedded bus, the service over HTTP.
describe('meetings that have ended', () => {
  const settings = { ...process.env };
  let database: TestDatabase;
  let service: RunningService;
  let meetingId: MeetingId;

  beforeAll(async () => {
    database = await startTestDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
    });
    enableEmbeddedBus();
    service = await createService(RagModule, 'rag', { port: 0 });
  });

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
    process.env = settings;
  });

  beforeEach(async () => {
    await service.app.get(DataSource).query(`DELETE FROM rag.meetings`);
    meetingId = newId<MeetingId>();
  });

  // Publishing in memory ends when every handler has acknowledged.
  const publish = async (...events: Envelope[]): Promise<void> => {
    for (const event of events) await embeddedBus()?.bus.publish(event);
  };
  const about = (workspaceId = 'default'): { meetingId: MeetingId; workspaceId: string } => ({
    meetingId,
    workspaceId,
  });
  const started = (workspaceId?: string): Envelope =>
    makeEvent(
      'meeting.started',
      {
        title: 'Offsite',
        privacyMode: 'transcript',
        participants: [],
        language: 'en',
        timeZone: 'UTC',
        vocabulary: [],
        startedAt: '2026-03-02T10:00:00.000Z',
      },
      about(workspaceId),
    );
  const ended = (workspaceId?: string): Envelope =>
    makeEvent(
      'meeting.ended',
      { endedAt: '2026-03-02T11:00:00.000Z', channels: ['main'] },
      about(workspaceId),
    );
  const said = (utterance: number, more: Partial<Segment> = {}, workspaceId?: string): Envelope => {
    const [name, text] = TALK[utterance] ?? ['Ana', ''];
    const segment: Segment = {
      id: segmentId(meetingId, 'main', utterance),
      meetingId,
      channel: 'main',
      speaker: { id: name, name },
      startMs: utterance * 5_000,
      endMs: utterance * 5_000 + 4_000,
      text,
      final: true,
      revision: 0,
      engine: 'test',
      degraded: false,
      ...more,
    };
    return makeEvent('transcript.final', { segment }, about(workspaceId));
  };
  const held = async (): Promise<void> => {
    await publish(started(), said(0), said(1), said(2), ended());
    await service.app.get(MeetingIndexer).run();
  };
  const search = async (query: string, more: object = {}): Promise<SearchResults> => {
    const response = await fetch(`${service.url}/v1/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, ...more }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as SearchResults;
  };
  const chunks = (): Promise<{ id: string; text: string }[]> =>
    service.app
      .get(DataSource)
      .query(`SELECT id, text FROM rag.chunks WHERE meeting_id = $1`, [meetingId]);

  it('are found, and cited by the words that somebody said', async () => {
    await held();
    const { items } = await search('What does the scooter rental cost?');
    expect(items[0]).toMatchObject({
      meetingId,
      startMs: 0,
      text: `Ana: ${TALK[0]?.[1]}\nBen: ${TALK[1]?.[1]}\nAna: ${TALK[2]?.[1]}`,
      citation: {
        type: 'segment',
        id: segmentId(meetingId, 'main', 1),
        quote: TALK[1]?.[1],
        source: 'Offsite',
      },
    });
    expect(items[0]?.documentId).toBeUndefined();
  });

  it('are found by meaning once the quiet has come to make their vectors', async () => {
    await held();
    expect(await service.app.get(VectorBackfill).run()).toBe(true);
    const { items } = await search('price of hiring a moped', { mode: 'vector' });
    expect(items[0]?.meetingId).toBe(meetingId);
    expect(items[0]?.scores.vector).toBeGreaterThan(0.3);
  });

  it('are not found while they last', async () => {
    await publish(started(), said(0));
    await service.app.get(MeetingIndexer).run();
    expect((await search('scooter')).items).toEqual([]);
  });

  it('are indexed whatever the order in which their events come', async () => {
    await publish(said(1), ended(), said(0), started());
    await service.app.get(MeetingIndexer).run();
    const { items } = await search('scooter rental', { mode: 'keyword' });
    expect(items[0]?.citation.source).toBe('Offsite');
    expect(items[0]?.text).toMatch(/^Ana: .*\nBen: /);
  });

  it('are indexed again after a correction, and an older revision changes nothing', async () => {
    await held();
    await publish(
      said(1, { text: 'The rental costs fifty pounds a day.', revision: 2 }),
      said(1, { text: 'The rental costs sixty pesos a day.', revision: 1 }),
    );
    await service.app.get(MeetingIndexer).run();
    expect((await search('rental', { mode: 'keyword' })).items[0]?.text).toContain('fifty pounds');
    expect((await search('forty pesos', { mode: 'keyword' })).items).toEqual([]);
  });

  it('keep the chunks that a correction did not touch, with their ids and vectors', async () => {
    const long = 'This is about the garden and nothing else at all. '.repeat(9).trim();
    const talk = [0, 1, 2].map((at) => said(at, { text: `${long} Part ${at}.` }));
    await publish(started(), ...talk, ended());
    await service.app.get(MeetingIndexer).run();
    await service.app.get(VectorBackfill).run();
    const before = await chunks();
    await publish(said(2, { text: `${long} Part nine.`, revision: 1 }));
    await service.app.get(MeetingIndexer).run();
    const after = await chunks();
    expect(before.length).toBeGreaterThan(1);
    const kept = after.filter(({ id }) => before.some((old) => old.id === id));
    expect(kept).toHaveLength(before.length - 1);
    const [row] = await service.app
      .get(DataSource)
      .query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM rag.chunks WHERE meeting_id = $1 AND embedding IS NOT NULL`,
        [meetingId],
      );
    expect(row?.count).toBe(kept.length);
  });

  it('are gone once erased, and stay so when their events come again', async () => {
    await held();
    const erased = makeEvent('meeting.erased', { erasedAt: '2026-03-03T10:00:00.000Z' }, about());
    await publish(erased, started(), said(0), said(1), ended());
    await service.app.get(MeetingIndexer).run();
    expect((await search('scooter rental')).items).toEqual([]);
    const dataSource = service.app.get(DataSource);
    const left = await dataSource.query<unknown[]>(
      `SELECT id FROM rag.segments WHERE meeting_id = $1
       UNION ALL SELECT id::text FROM rag.meetings WHERE id = $1`,
      [meetingId],
    );
    expect(left).toEqual([]);
  });

  it('of one workspace are found in no other, and nobody else can add to them', async () => {
    await publish(started('theirs'), said(0, {}, 'theirs'), ended('theirs'));
    await publish(said(1), ended());
    await service.app.get(MeetingIndexer).run();
    expect((await search('scooter rental', { meetingIds: [meetingId] })).items).toEqual([]);
    expect(await chunks()).toEqual([expect.objectContaining({ text: `Ana: ${TALK[0]?.[1]}` })]);
  });

  describe('beside documents', () => {
    beforeEach(async () => {
      await held();
      await fetch(`${service.url}/v1/documents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          title: 'Rental terms',
          text: 'A scooter rental ends at noon.',
          tags: ['travel', 'lisbon'],
        }),
      });
    });

    const kinds = async (more: object): Promise<string[]> => {
      const { items } = await search('scooter rental', more);
      return items.map((hit) => (hit.meetingId ? 'meeting' : 'document')).sort();
    };

    it.each([
      ['both', {}, ['document', 'meeting']],
      ['meetings', { sources: ['meeting'] }, ['meeting']],
      ['documents', { sources: ['document'] }, ['document']],
      ['what has the tags', { tags: ['lisbon'] }, ['document']],
      ['what has no such tag', { tags: ['lisbon', 'porto'] }, []],
      ['what was held before', { to: '2026-03-02T10:00:00.001Z' }, ['meeting']],
      ['what came later', { from: '2026-03-02T10:00:00.001Z' }, ['document']],
      ['no other meeting', { meetingIds: [newId()] }, []],
    ])('can be told to look into %s', async (_what, more, expected) => {
      expect(await kinds(more)).toEqual(expected);
    });

    it('say on request what their place is made of', async () => {
      const { items } = await search('scooter rental price', {
        explain: true,
        sources: ['meeting'],
      });
      const [hit] = items;
      expect(hit?.explanation?.terms.map(({ term }) => term).sort()).toEqual([
        'price',
        'rental',
        'scooter',
      ]);
      const { own = 0, around = 0, meaning = 0 } = hit?.explanation ?? {};
      expect(own + around + meaning).toBeCloseTo(hit?.scores.fused ?? 0, 3);
    });
  });
});
