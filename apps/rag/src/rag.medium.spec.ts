import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { newId, type Envelope, type ProblemBody, type SearchResults } from '@parley/contracts';
import { createService, type Page, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { DataSource } from 'typeorm';
import { ChunksRepository } from './chunks/chunks.repository';
import { VectorBackfill } from './chunks/vector-backfill';
import type { DocumentView } from './documents/document.dto';
import { DocumentsRepository } from './documents/documents.repository';
import type { Passage } from './documents/passage.dto';
import { RagModule } from './rag.module';
import { SearchRepository } from './search/search.repository';

const POLICY = `# Travel policy

## Hotels

A hotel may cost up to 140 euros a night. Anything above is approved by the office manager.

## Trains

Trains are booked in second class. Journeys of more than four hours may be booked in first class.
`;

const DEFAULT = { workspaceId: 'default' };

// Real: Postgres (embedded) with pgvector, the embedding model, the PDF process, the service over HTTP.
describe('rag', () => {
  const settings = { ...process.env };
  let database: TestDatabase;
  let service: RunningService;
  let told: Envelope[] = [];
  let heard: () => void = () => undefined;

  beforeAll(async () => {
    database = await startTestDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      RAG_MAX_UPLOAD_BYTES: '300000',
    });
    enableEmbeddedBus();
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['document'],
      types: ['document.indexed', 'document.removed'],
      handler: async (event) => {
        told.push(event);
        heard();
      },
    });
    service = await createService(RagModule, 'rag', { port: 0 });
  });

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
    process.env = settings;
  });

  const startEmpty = async (): Promise<void> => {
    const { items } = await get<Page<DocumentView>>('/v1/documents');
    for (const { id } of items) await remove(id);
    told = [];
  };

  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(service.url + path)).json()) as T;
  const remove = (id: string): Promise<Response> =>
    fetch(`${service.url}/v1/documents/${id}`, { method: 'DELETE' });
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const upload = (bytes: Uint8Array | string, name: string, title?: string): Promise<Response> => {
    const form = new FormData();
    form.append('file', new Blob([bytes]), name);
    if (title !== undefined) form.append('title', title);
    return fetch(`${service.url}/v1/documents`, { method: 'POST', body: form });
  };
  const documentOf = async (response: Response): Promise<DocumentView> =>
    (await response.json()) as DocumentView;
  const problemOf = async (response: Response): Promise<ProblemBody> =>
    (await response.json()) as ProblemBody;
  const search = async (query: string, more: object = {}): Promise<SearchResults> =>
    (await (await post('/v1/search', { query, ...more })).json()) as SearchResults;
  const allTold = (count: number): Promise<void> =>
    new Promise((resolve) => {
      heard = () => {
        if (told.length >= count) resolve();
      };
      heard();
    });
  const chunkCount = async (): Promise<number> => {
    const [row] = await service.app
      .get(DataSource)
      .query<{ count: number }[]>(`SELECT count(*)::int AS count FROM rag.chunks`);
    return row?.count ?? -1;
  };

  async function pdf(pages: string[]): Promise<Uint8Array> {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.Helvetica);
    for (const text of pages) {
      document.addPage().drawText(text, { x: 50, y: 700, size: 11, font, maxWidth: 450 });
    }
    document.setTitle('Office guide');
    return document.save();
  }

  describe('taking documents', () => {
    beforeEach(startEmpty);

    it('indexes Markdown that is sent as text, and tells the others', async () => {
      const response = await post('/v1/documents', { title: 'Travel', text: POLICY });
      expect(response.status).toBe(201);
      const document = await documentOf(response);
      expect(document).toMatchObject({
        title: 'Travel',
        mimeType: 'text/markdown',
        chunks: 2,
        vectors: true,
      });
      await allTold(1);
      expect(told[0]).toMatchObject({
        type: 'document.indexed',
        data: { documentId: document.id, title: 'Travel', chunks: 2 },
      });
    });

    it('finds a long document by its words at once, and says how far its vectors are', async () => {
      const paragraphs = Array.from(
        { length: 40 },
        (_, at) => `Rule ${at}. ${'word '.repeat(80)}.`,
      );
      const response = await post('/v1/documents', {
        title: 'Rules',
        text: paragraphs.join('\n\n'),
      });
      const document = await documentOf(response);
      expect(document).toMatchObject({ status: 'indexing', progress: 0, vectors: false });
      expect((await search('rule 17', { mode: 'keyword' })).items[0]?.documentId).toBe(document.id);
      await service.app.get(VectorBackfill).run();
      expect(await get(`/v1/documents/${document.id}`)).toMatchObject({
        status: 'indexed',
        progress: 1,
      });
    });

    it('keeps the tags of a form and of JSON, each once', async () => {
      const form = new FormData();
      form.append('file', new Blob(['Plain words.']), 'a.txt');
      form.append('tags', 'travel');
      const sent = await fetch(`${service.url}/v1/documents`, { method: 'POST', body: form });
      expect((await documentOf(sent)).tags).toEqual(['travel']);
      const json = { title: 'T', text: 'Words.', tags: ['travel', 'rail', 'rail'] };
      expect((await documentOf(await post('/v1/documents', json))).tags).toEqual([
        'travel',
        'rail',
      ]);
    });

    it('goes by the content of a file, not by its name', async () => {
      const document = await documentOf(await upload(await pdf(['The door code.']), 'notes.txt'));
      expect(document).toMatchObject({
        title: 'Office guide',
        mimeType: 'application/pdf',
        pages: 1,
      });
    });

    it('takes the title from the file name when there is no better one', async () => {
      const document = await documentOf(await upload('Plain words.', '../../Bürozeiten.txt'));
      expect(document).toMatchObject({ title: 'Bürozeiten', mimeType: 'text/plain' });
    });

    it('answers 200 with the document there is when it comes twice', async () => {
      const first = await upload(POLICY, 'a.md');
      const second = await upload(POLICY, 'b.md', 'Another title');
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(await documentOf(second)).toEqual(await documentOf(first));
      expect(await chunkCount()).toBe(2);
    });

    it('makes one document of the same content sent many times at once', async () => {
      const responses = await Promise.all(
        Array.from({ length: 4 }, () => upload('Only one of us.', 'same.txt')),
      );
      expect(responses.map((response) => response.status).sort()).toEqual([200, 200, 200, 201]);
      const documents = await Promise.all(responses.map(documentOf));
      expect(new Set(documents.map((document) => document.id)).size).toBe(1);
    });

    it('lists the newest first, page by page', async () => {
      for (const name of ['one', 'two', 'three']) await upload(`About ${name}.`, `${name}.txt`);
      const first = await get<Page<DocumentView>>('/v1/documents?limit=2');
      const second = await get<Page<DocumentView>>(
        `/v1/documents?limit=2&cursor=${first.nextCursor}`,
      );
      expect([first, second].map(({ items }) => items.map((item) => item.title))).toEqual([
        ['three', 'two'],
        ['one'],
      ]);
      expect(second.nextCursor).toBeNull();
    });

    it('removes a document with its chunks, tells the others, and knows it no longer', async () => {
      const { id } = await documentOf(await upload(POLICY, 'a.md'));
      expect((await remove(id)).status).toBe(204);
      await allTold(2);
      expect(told[1]).toMatchObject({ type: 'document.removed', data: { documentId: id } });
      expect(await chunkCount()).toBe(0);
      expect((await search('hotel')).items).toEqual([]);
      expect((await remove(id)).status).toBe(404);
      expect((await fetch(`${service.url}/v1/documents/${id}`)).status).toBe(404);
    });
  });

  describe('refusing documents', () => {
    beforeAll(startEmpty);

    it.each([
      ['an empty file', '', 'The document is empty.'],
      ['a PDF that is none', '%PDF-1.7\nnot really', 'cannot be read as one'],
      ['an archive', 'PK\x03\x04 and more', 'only Word documents (.docx) are read'],
      ['binary data', new Uint8Array([1, 0, 2, 0]), 'neither a PDF, a Word document nor text'],
    ])('says what is wrong with %s', async (_what, bytes, sentence) => {
      const response = await upload(bytes, 'file.pdf');
      expect(response.status).toBe(422);
      const problem = await problemOf(response);
      expect(problem.type).toMatch(/document-unreadable$/);
      expect(problem.detail).toContain(sentence);
      expect(await chunkCount()).toBe(0);
    });

    it('says that a PDF is encrypted', async () => {
      // pdf-lib cannot encrypt: a key that no password opens is all it takes.
      const plain = await PDFDocument.create();
      plain.addPage();
      const bytes = Buffer.from(await plain.save({ useObjectStreams: false })).toString('latin1');
      const key = `<${'5a'.repeat(32)}>`;
      const locked = bytes.replace(
        /trailer\s*<</,
        `$& /ID [<01> <01>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O ${key} /U ${key} >>`,
      );
      const response = await upload(Buffer.from(locked, 'latin1'), 'secret.pdf');
      expect(response.status).toBe(422);
      expect((await problemOf(response)).detail).toContain('is encrypted');
    });

    it('says that a scan holds no text', async () => {
      const blank = await PDFDocument.create();
      blank.addPage();
      const response = await upload(await blank.save(), 'scan.pdf');
      expect((await problemOf(response)).detail).toContain('holds no text');
    });

    it('answers 413 to a file that is too large', async () => {
      expect((await upload('x'.repeat(300_001), 'large.txt')).status).toBe(413);
    });

    it.each([
      ['neither file nor text', {}],
      ['a text without a title', { text: 'Words.' }],
      ['a kind that it does not know', { title: 'T', text: 'Words.', mimeType: 'image/png' }],
      ['a field that it does not know', { title: 'T', text: 'Words.', owner: 'me' }],
    ])('answers 400 to %s', async (_what, body) => {
      expect((await post('/v1/documents', body)).status).toBe(400);
    });
  });

  describe('searching', () => {
    const page1 = 'The office opens at seven. The door code is changed on every first Monday.';
    const page2 = 'Lost badges are reported to the reception, which blocks them at once.';

    beforeAll(async () => {
      await startEmpty();
      await upload(POLICY, 'travel.md', 'Travel policy');
      await upload(await pdf([page1, page2]), 'office.pdf');
    });

    it.each(['hybrid', 'vector', 'keyword'])('finds the right passage by %s', async (mode) => {
      const { items, degraded } = await search('Who approves an expensive hotel?', { mode });
      expect(items[0]?.text).toContain('140 euros');
      expect(degraded).toBe(false);
    });

    it('cites the sentence, the page and the document', async () => {
      const { items } = await search('Where do I report a lost badge?');
      expect(items[0]?.citation).toEqual({
        type: 'chunk',
        id: items[0]?.chunkId,
        quote: page2,
        page: 2,
        source: 'Office guide',
      });
    });

    it('finds a passage by the heading it stands below', async () => {
      const { items } = await search('rules for trains', { mode: 'keyword' });
      expect(items[0]?.text).toContain('second class');
    });

    it('scores an answer well above what only shares a word, and a stranger near zero', async () => {
      const [answer, stray, stranger] = await Promise.all(
        [
          'When is the door code changed?',
          'Did the company change the cafeteria supplier?',
          'How was your weekend?',
        ].map(async (query) => (await search(query)).items[0]?.score ?? 0),
      );
      expect(answer).toBeGreaterThan(0.6);
      expect(stray).toBeLessThan(0.4);
      expect(stranger).toBeLessThan(0.1);
    });

    it('finds nothing by words that stand nowhere', async () => {
      expect((await search('xylophone', { mode: 'keyword' })).items).toEqual([]);
    });

    it('takes a query of stop words or of signs only', async () => {
      expect((await search('what is the', { mode: 'keyword' })).items).toEqual([]);
      expect((await post('/v1/search', { query: `'"\\ | & ! :*` })).status).toBe(200);
      expect((await search(`o'clock 'quoted\\back' a|b&c:*`)).degraded).toBe(false);
    });

    it('refuses a query of 10,000 characters, and takes one of 1,000 and one in another language', async () => {
      expect((await post('/v1/search', { query: 'hotel '.repeat(1_667) })).status).toBe(400);
      expect((await search('hotel? '.repeat(142))).items).not.toEqual([]);
      expect((await search('Wie teuer darf ein Hotel sein?')).items[0]?.text).toContain('140');
      expect((await search('ホテルの料金')).degraded).toBe(false);
    });

    it('takes those of a common word first that hold another word of the query', async () => {
      const chunks = service.app.get(SearchRepository);
      const wanted = { any: ['may'], beside: ['train'] };
      const found = await chunks.holding(DEFAULT, wanted, ['may', 'train'], 10);
      expect(found[0]?.terms).toMatchObject({ may: 1, train: 2 });
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    });

    it('looks only into the documents that are named', async () => {
      const { items: documents } = await get<Page<DocumentView>>('/v1/documents');
      const office = documents.find((document) => document.title === 'Office guide');
      const { items } = await search('hotel', { documentIds: [office?.id] });
      expect(items.map((hit) => hit.documentId)).not.toContain(undefined);
      expect(new Set(items.map((hit) => hit.documentId))).toEqual(new Set([office?.id]));
    });

    it('gives at most as many as asked for', async () => {
      expect((await search('office hotel train', { limit: 1 })).items).toHaveLength(1);
    });

    it.each([
      ['an empty query', { query: ' ' }],
      ['a mode that it does not know', { query: 'x', mode: 'magic' }],
      ['more than fifty', { query: 'x', limit: 51 }],
    ])('answers 400 to %s', async (_what, body) => {
      expect((await post('/v1/search', body)).status).toBe(400);
    });
  });

  describe('reading documents', () => {
    beforeAll(startEmpty);

    it('gives a document passage by passage, with what each stands below', async () => {
      const { id } = await documentOf(await upload(POLICY, 'travel.md'));
      const first = await get<Page<Passage>>(`/v1/documents/${id}/chunks?limit=1`);
      const second = await get<Page<Passage>>(
        `/v1/documents/${id}/chunks?limit=1&cursor=${first.nextCursor}`,
      );
      expect(first.items).toMatchObject([{ ordinal: 0, documentId: id, headings: ['Hotels'] }]);
      expect(second.items).toMatchObject([{ ordinal: 1, documentId: id, headings: ['Trains'] }]);
      expect(second.nextCursor).toBeNull();
      expect((await fetch(`${service.url}/v1/documents/${id}/chunks?cursor=x`)).status).toBe(400);
    });

    it('leads from what a search cites to the passage, its page and its document', async () => {
      const pages = ['The kitchen is on the first floor.', 'Keys are at the reception.'];
      const { id } = await documentOf(await upload(await pdf(pages), 'guide.pdf'));
      const hit = (await search('Where are the keys?')).items[0];
      expect(hit?.documentId).toBe(id);
      expect(await get<Passage>(`/v1/chunks/${hit?.citation.id}`)).toMatchObject({
        documentId: id,
        page: 2,
        text: hit?.text,
      });
    });

    it('knows no passage of a document that was removed, nor by an id that nobody gave', async () => {
      const { id } = await documentOf(await upload('The depot opens at nine.', 'depot.txt'));
      const [passage] = (await get<Page<Passage>>(`/v1/documents/${id}/chunks`)).items;
      await remove(id);
      for (const path of [`chunks/${passage?.id}`, 'chunks/none', `documents/${id}/chunks`]) {
        const response = await fetch(`${service.url}/v1/${path}`);
        expect((await problemOf(response)).type).toMatch(/document-not-found$/);
      }
    });
  });

  describe('workspaces', () => {
    beforeEach(startEmpty);

    it('shows nothing of one to another: not in lists, not by id, not in any kind of search', async () => {
      const { id } = await documentOf(await upload(POLICY, 'travel.md'));
      const documents = service.app.get(DocumentsRepository);
      const chunks = service.app.get(SearchRepository);
      const theirs = { workspaceId: 'theirs', sourceIds: [id] };
      const ours = { ...theirs, workspaceId: 'default' };
      const query = { engine: 'use-lite-512/sentences', vector: new Float32Array(512).fill(0.04) };
      const hits = await chunks.nearest(ours, query, 10);

      expect(hits).toHaveLength(2);
      expect(await chunks.nearest(theirs, query, 10)).toEqual([]);
      expect(await chunks.holding(ours, { any: ['hotel'] }, ['hotel'], 10)).not.toEqual([]);
      expect(await chunks.holding(theirs, { any: ['hotel'] }, ['hotel'], 10)).toEqual([]);
      const ids = hits.map((hit) => hit.id);
      expect((await chunks.load(theirs, ids, [])).size).toBe(0);
      expect((await chunks.cosines(theirs, query, ids)).size).toBe(0);
      expect(await chunks.corpus('theirs', 'hotel')).toMatchObject({ chunks: 0 });
      const passages = service.app.get(ChunksRepository);
      expect(await passages.ofDocument('theirs', id, -1, 10)).toEqual([]);
      expect(await passages.find('theirs', ids[0] ?? '')).toBeNull();
      expect(await documents.find('theirs', id)).toBeNull();
      expect(await documents.list('theirs', 10)).toEqual([]);
      const { manager } = service.app.get(DataSource);
      expect(await documents.remove(manager, 'theirs', id)).toBe(false);
    });
  });

  it('knows no document by an id that nobody gave', async () => {
    for (const id of [newId(), 'not-an-id']) {
      const response = await fetch(`${service.url}/v1/documents/${id}`);
      expect((await problemOf(response)).type).toMatch(/document-not-found$/);
    }
  });
});
