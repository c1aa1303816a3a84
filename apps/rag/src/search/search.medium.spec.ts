import type { Page } from '@parley/service';
import { DataSource } from 'typeorm';
import type { DocumentView } from '../documents/document.dto';
import { pdfOf } from '../testing/pdf-of';
import { POLICY, RunningRag } from '../testing/running-rag';
import { SearchRepository } from './search.repository';

const DEFAULT = { workspaceId: 'default' };

// Real: Postgres (embedded) with pgvector, the embedding model, the PDF process, the service over HTTP.
describe('searching', () => {
  let rag: RunningRag;
  const page1 = 'The office opens at seven. The door code is changed on every first Monday.';
  const page2 = 'Lost badges are reported to the reception, which blocks them at once.';

  beforeAll(async () => {
    rag = await RunningRag.start();
    await rag.upload(POLICY, 'travel.md', { title: 'Travel policy' });
    await rag.upload(await pdfOf([page1, page2]), 'office.pdf');
  });
  afterAll(() => rag.stop());

  it.each(['hybrid', 'vector', 'keyword'])('finds the right passage by %s', async (mode) => {
    const { items, degraded } = await rag.search('Who approves an expensive hotel?', { mode });
    expect(items[0]?.text).toContain('140 euros');
    expect(degraded).toBe(false);
  });

  it('cites the sentence, the page and the document', async () => {
    const { items } = await rag.search('Where do I report a lost badge?');
    expect(items[0]?.citation).toEqual({
      type: 'chunk',
      id: items[0]?.chunkId,
      quote: page2,
      page: 2,
      source: 'Office guide',
    });
  });

  it('finds a passage by the heading it stands below', async () => {
    const { items } = await rag.search('rules for trains', { mode: 'keyword' });
    expect(items[0]?.text).toContain('second class');
  });

  it('scores an answer well above what only shares a word, and a stranger near zero', async () => {
    const [answer, stray, stranger] = await Promise.all(
      [
        'When is the door code changed?',
        'Did the company change the cafeteria supplier?',
        'How was your weekend?',
      ].map(async (query) => (await rag.search(query)).items[0]?.score ?? 0),
    );
    expect(answer).toBeGreaterThan(0.6);
    expect(stray).toBeLessThan(0.4);
    expect(stranger).toBeLessThan(0.1);
  });

  it.each(['Lisabon', 'Lissbon'])(
    'finds a name that is spelled %s, and not surely',
    async (name) => {
      await rag.upload(`# Sites\n\nOur second office is in Lisbon.`, 'sites.md');
      const [hit] = (await rag.search(`the team in ${name}`, { mode: 'keyword', explain: true }))
        .items;
      expect(hit?.text).toContain('Lisbon');
      expect(hit?.score).toBeLessThan(0.5);
      expect(hit?.explanation?.terms.map(({ term }) => term)).toEqual(['lisbon']);
    },
  );

  it('is far from sure of a word that only looks like the one that was asked for', async () => {
    await rag.upload(`# Clocks\n\nThe movement is driven by quartz.`, 'clocks.md');
    const [hit] = (await rag.search('quarter', { mode: 'keyword' })).items;
    expect(hit?.text).toContain('quartz');
    expect(hit?.score).toBeLessThan(0.4);
  });

  it('ranks a chunk whose vector is all zeros by its words', async () => {
    const database = rag.part(DataSource);
    await rag.upload(`# Kiln\n\nThe zeppelin hangar has a kiln.`, 'kiln.md');
    await database.query(
      `UPDATE rag.chunks SET embedding = array_fill(0, ARRAY[vector_dims(embedding)])::vector
       WHERE text LIKE '%zeppelin%'`,
    );
    const [hit] = (await rag.search('zeppelin hangar kiln')).items;
    expect(hit?.text).toContain('zeppelin');
    expect(hit?.scores).toEqual({
      keyword: expect.any(Number) as number,
      fused: expect.any(Number) as number,
    });
  });

  it('finds nothing by words that stand nowhere', async () => {
    expect((await rag.search('xylophone', { mode: 'keyword' })).items).toEqual([]);
  });

  it('takes a query of stop words or of signs only', async () => {
    expect((await rag.search('what is the', { mode: 'keyword' })).items).toEqual([]);
    expect((await rag.post('/v1/search', { query: `'"\\ | & ! :*` })).status).toBe(200);
    expect((await rag.search(`o'clock 'quoted\\back' a|b&c:*`)).degraded).toBe(false);
  });

  it('refuses a query of 10,000 characters, and takes one of 1,000 and one in another language', async () => {
    expect((await rag.post('/v1/search', { query: 'hotel '.repeat(1_667) })).status).toBe(400);
    expect((await rag.search('hotel? '.repeat(142))).items).not.toEqual([]);
    expect((await rag.search('Wie teuer darf ein Hotel sein?')).items[0]?.text).toContain('140');
    expect((await rag.search('ホテルの料金')).degraded).toBe(false);
  });

  it('takes those of a common word first that hold another word of the query', async () => {
    const chunks = rag.part(SearchRepository);
    const wanted = { any: ['may'], beside: ['train'] };
    const found = await chunks.holding(DEFAULT, wanted, ['may', 'train'], 10);
    expect(found[0]?.counts).toEqual([1, 2]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    const [one, ...more] = await chunks.holding(DEFAULT, wanted, ['may', 'train'], 1);
    expect({ counts: one?.counts, more }).toEqual({ counts: [1, 2], more: [] });
  });

  it('takes those first that say a common word most often where it is the only one', async () => {
    await rag.upload('A class meets here on Mondays.', 'rooms.txt', { title: 'Rooms' });
    const chunks = rag.part(SearchRepository);
    const all = await chunks.holding(DEFAULT, { any: ['class'] }, ['class'], 100);
    expect(all.map(({ counts }) => counts[0]).toSorted()).toEqual([1, 2]);
    const found = await chunks.holding(DEFAULT, { any: ['class'], beside: [] }, ['class'], 1);
    expect(found.map(({ counts }) => counts)).toEqual([[2]]);
  });

  it('looks only into the documents that are named', async () => {
    const { items: documents } = await rag.get<Page<DocumentView>>('/v1/documents');
    const office = documents.find((document) => document.title === 'Office guide');
    const { items } = await rag.search('hotel', { documentIds: [office?.id] });
    expect(items.map((hit) => hit.documentId)).not.toContain(undefined);
    expect(new Set(items.map((hit) => hit.documentId))).toEqual(new Set([office?.id]));
  });

  it('gives at most as many as asked for', async () => {
    expect((await rag.search('office hotel train', { limit: 1 })).items).toHaveLength(1);
  });

  it.each([
    ['an empty query', { query: ' ' }],
    ['a mode that it does not know', { query: 'x', mode: 'magic' }],
    ['more than fifty', { query: 'x', limit: 51 }],
  ])('answers 400 to %s', async (_what, body) => {
    expect((await rag.post('/v1/search', body)).status).toBe(400);
  });
});
