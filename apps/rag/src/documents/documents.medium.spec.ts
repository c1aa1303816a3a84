import { newId } from '@parley/contracts';
import type { Page } from '@parley/service';
import { PDFDocument } from 'pdf-lib';
import { VectorBackfill } from '../chunks/vector-backfill';
import { pdfOf } from '../testing/pdf-of';
import { documentOf, POLICY, problemOf, RunningRag } from '../testing/running-rag';
import type { DocumentView } from './document.dto';
import type { Passage } from './passage.dto';

// Real: Postgres (embedded) with pgvector, the embedding model, the PDF process, the service over HTTP.
describe('documents', () => {
  let rag: RunningRag;

  beforeAll(async () => {
    rag = await RunningRag.start({ RAG_MAX_UPLOAD_BYTES: '300000' });
  });
  afterAll(() => rag.stop());

  describe('taking documents', () => {
    beforeEach(() => rag.empty());

    it('indexes Markdown that is sent as text, and tells the others', async () => {
      const response = await rag.post('/v1/documents', { title: 'Travel', text: POLICY });
      expect(response.status).toBe(201);
      const document = await documentOf(response);
      expect(document).toMatchObject({
        title: 'Travel',
        mimeType: 'text/markdown',
        chunks: 2,
        vectors: true,
      });
      await rag.allTold(1);
      expect(rag.told[0]).toMatchObject({
        type: 'document.indexed',
        data: { documentId: document.id, title: 'Travel', chunks: 2 },
      });
    });

    it('finds a long document by its words at once, and says how far its vectors are', async () => {
      const paragraphs = Array.from(
        { length: 40 },
        (_, at) => `Rule ${at}. ${'word '.repeat(80)}.`,
      );
      const response = await rag.post('/v1/documents', {
        title: 'Rules',
        text: paragraphs.join('\n\n'),
      });
      const document = await documentOf(response);
      expect(document).toMatchObject({ status: 'indexing', progress: 0, vectors: false });
      expect((await rag.search('rule 17', { mode: 'keyword' })).items[0]?.documentId).toBe(
        document.id,
      );
      await rag.part(VectorBackfill).run();
      expect(await rag.get(`/v1/documents/${document.id}`)).toMatchObject({
        status: 'indexed',
        progress: 1,
      });
    });

    it('keeps the tags of a form and of JSON, each once', async () => {
      const sent = await rag.upload('Plain words.', 'a.txt', { tags: 'travel' });
      expect((await documentOf(sent)).tags).toEqual(['travel']);
      const json = { title: 'T', text: 'Words.', tags: ['travel', 'rail', 'rail'] };
      expect((await documentOf(await rag.post('/v1/documents', json))).tags).toEqual([
        'travel',
        'rail',
      ]);
    });

    it('goes by the content of a file, not by its name', async () => {
      const document = await documentOf(
        await rag.upload(await pdfOf(['The door code.']), 'notes.txt'),
      );
      expect(document).toMatchObject({
        title: 'Office guide',
        mimeType: 'application/pdf',
        pages: 1,
      });
    });

    it('takes the title from the file name when there is no better one', async () => {
      const document = await documentOf(await rag.upload('Plain words.', '../../Bürozeiten.txt'));
      expect(document).toMatchObject({ title: 'Bürozeiten', mimeType: 'text/plain' });
    });

    it('answers 200 with the document there is when it comes twice', async () => {
      const first = await rag.upload(POLICY, 'a.md');
      const second = await rag.upload(POLICY, 'b.md', { title: 'Another title' });
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(await documentOf(second)).toEqual(await documentOf(first));
      expect(await rag.chunkCount()).toBe(2);
    });

    it('makes one document of the same content sent many times at once', async () => {
      const responses = await Promise.all(
        Array.from({ length: 4 }, () => rag.upload('Only one of us.', 'same.txt')),
      );
      expect(responses.map((response) => response.status).sort()).toEqual([200, 200, 200, 201]);
      const documents = await Promise.all(responses.map(documentOf));
      expect(new Set(documents.map((document) => document.id)).size).toBe(1);
    });

    it('lists the newest first, page by page', async () => {
      for (const name of ['one', 'two', 'three']) await rag.upload(`About ${name}.`, `${name}.txt`);
      const first = await rag.get<Page<DocumentView>>('/v1/documents?limit=2');
      const second = await rag.get<Page<DocumentView>>(
        `/v1/documents?limit=2&cursor=${first.nextCursor}`,
      );
      expect([first, second].map(({ items }) => items.map((item) => item.title))).toEqual([
        ['three', 'two'],
        ['one'],
      ]);
      expect(second.nextCursor).toBeNull();
    });

    it('removes a document with its chunks, tells the others, and knows it no longer', async () => {
      const { id } = await documentOf(await rag.upload(POLICY, 'a.md'));
      expect((await rag.remove(id)).status).toBe(204);
      await rag.allTold(2);
      expect(rag.told[1]).toMatchObject({ type: 'document.removed', data: { documentId: id } });
      expect(await rag.chunkCount()).toBe(0);
      expect((await rag.search('hotel')).items).toEqual([]);
      expect((await rag.remove(id)).status).toBe(404);
      expect((await rag.fetch(`/v1/documents/${id}`)).status).toBe(404);
    });
  });

  describe('refusing documents', () => {
    beforeAll(() => rag.empty());

    it.each([
      ['an empty file', '', 'The document is empty.'],
      ['a PDF that is none', '%PDF-1.7\nnot really', 'cannot be read as one'],
      ['an archive', 'PK\x03\x04 and more', 'only Word documents (.docx) are read'],
      ['binary data', new Uint8Array([1, 0, 2, 0]), 'neither a PDF, a Word document nor text'],
    ])('says what is wrong with %s', async (_what, bytes, sentence) => {
      const response = await rag.upload(bytes, 'file.pdf');
      expect(response.status).toBe(422);
      const problem = await problemOf(response);
      expect(problem.type).toMatch(/document-unreadable$/);
      expect(problem.detail).toContain(sentence);
      expect(await rag.chunkCount()).toBe(0);
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
      const response = await rag.upload(Buffer.from(locked, 'latin1'), 'secret.pdf');
      expect(response.status).toBe(422);
      expect((await problemOf(response)).detail).toContain('is encrypted');
    });

    it('says that a scan holds no text', async () => {
      const blank = await PDFDocument.create();
      blank.addPage();
      const response = await rag.upload(await blank.save(), 'scan.pdf');
      expect((await problemOf(response)).detail).toContain('holds no text');
    });

    it('answers 413 to a file that is too large', async () => {
      expect((await rag.upload('x'.repeat(300_001), 'large.txt')).status).toBe(413);
    });

    it.each([
      ['neither file nor text', {}],
      ['a text without a title', { text: 'Words.' }],
      ['a kind that it does not know', { title: 'T', text: 'Words.', mimeType: 'image/png' }],
      ['a field that it does not know', { title: 'T', text: 'Words.', owner: 'me' }],
    ])('answers 400 to %s', async (_what, body) => {
      expect((await rag.post('/v1/documents', body)).status).toBe(400);
    });
  });

  describe('reading documents', () => {
    beforeAll(() => rag.empty());

    it('gives a document passage by passage, with what each stands below', async () => {
      const { id } = await documentOf(await rag.upload(POLICY, 'travel.md'));
      const first = await rag.get<Page<Passage>>(`/v1/documents/${id}/chunks?limit=1`);
      const second = await rag.get<Page<Passage>>(
        `/v1/documents/${id}/chunks?limit=1&cursor=${first.nextCursor}`,
      );
      expect(first.items).toMatchObject([{ ordinal: 0, documentId: id, headings: ['Hotels'] }]);
      expect(second.items).toMatchObject([{ ordinal: 1, documentId: id, headings: ['Trains'] }]);
      expect(second.nextCursor).toBeNull();
      expect((await rag.fetch(`/v1/documents/${id}/chunks?cursor=x`)).status).toBe(400);
    });

    it('leads from what a search cites to the passage, its page and its document', async () => {
      const pages = ['The kitchen is on the first floor.', 'Keys are at the reception.'];
      const { id } = await documentOf(await rag.upload(await pdfOf(pages), 'guide.pdf'));
      const hit = (await rag.search('Where are the keys?')).items[0];
      expect(hit?.documentId).toBe(id);
      expect(await rag.get<Passage>(`/v1/chunks/${hit?.citation.id}`)).toMatchObject({
        documentId: id,
        page: 2,
        text: hit?.text,
      });
    });

    it('knows no passage of a document that was removed, nor by an id that nobody gave', async () => {
      const { id } = await documentOf(await rag.upload('The depot opens at nine.', 'depot.txt'));
      const [passage] = (await rag.get<Page<Passage>>(`/v1/documents/${id}/chunks`)).items;
      await rag.remove(id);
      for (const path of [`chunks/${passage?.id}`, 'chunks/none', `documents/${id}/chunks`]) {
        const response = await rag.fetch(`/v1/${path}`);
        expect((await problemOf(response)).type).toMatch(/document-not-found$/);
      }
    });
  });

  it('knows no document by an id that nobody gave', async () => {
    for (const id of [newId(), 'not-an-id']) {
      const response = await rag.fetch(`/v1/documents/${id}`);
      expect((await problemOf(response)).type).toMatch(/document-not-found$/);
    }
  });
});
