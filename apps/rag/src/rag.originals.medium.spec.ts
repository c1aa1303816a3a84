import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BLOBS, type Blobs } from '@parley/blobs';
import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { makeContext, runInContext } from '@parley/observability';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import type { DocumentView } from './documents/document.dto';
import { DocumentsService } from './documents/documents.service';
import { DocumentsRepository } from './documents/documents.repository';
import { Originals } from './documents/originals.service';
import { RagModule } from './rag.module';

const PAGE = '<html><body><script>alert(1)</script><p>The depot opens at nine.</p></body></html>';
const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

// Real: Postgres (embedded), the embedding model, the service over HTTP, files.
describe('the original of a document', () => {
  const settings = { ...process.env };
  let folder: string;
  let database: TestDatabase;
  let service: RunningService;
  const serve = async (keys: string): Promise<RunningService> => {
    process.env.BLOBS_KEY = keys;
    return createService(RagModule, 'rag', { port: 0 });
  };
  const send = async (text: string, title = 'Depot'): Promise<DocumentView> => {
    const form = new FormData();
    form.set('title', title);
    form.set('file', new Blob([text], { type: 'text/html' }), '../../page.html');
    const answer = await fetch(`${service.url}/v1/documents`, { method: 'POST', body: form });
    return (await answer.json()) as DocumentView;
  };
  const original = (id: string) => fetch(`${service.url}/v1/documents/${id}/original`);
  const remove = (id: string) => fetch(`${service.url}/v1/documents/${id}`, { method: 'DELETE' });
  const kept = () => readdirSync(join(folder, 'documents'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-originals-'));
    database = await startTestDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      BLOBS_DIR: folder,
    });
    enableEmbeddedBus();
    service = await serve(OLD);
  });

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
    process.env = settings;
    rmSync(folder, { recursive: true, force: true });
  });

  it('is there for its own workspace alone', async () => {
    const { id } = await send(PAGE);
    const documents = service.app.get(DocumentsService, { strict: false });
    const elsewhere = runInContext(makeContext('rag', { workspaceId: 'acme' }), () =>
      documents.original(id),
    );
    await expect(elsewhere).rejects.toMatchObject({ code: 'document-not-found' });
    expect((await original(id)).status).toBe(200);
    await remove(id);
  });

  it('is given back byte by byte, as a download that no browser shows', async () => {
    const { id, original: has } = await send(PAGE, 'Opening "hours"\r\nX: y');
    expect(has).toBe(true);
    const answer = await original(id);
    expect(await answer.text()).toBe(PAGE);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="Opening hours X y.html"',
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-length')).toBe(String(PAGE.length));
    expect(readFileSync(join(folder, 'documents', id)).includes('depot')).toBe(false);
    await remove(id);
  });

  it('goes with the document', async () => {
    const { id } = await send(PAGE);
    expect(kept()).toEqual([id]);
    expect((await remove(id)).status).toBe(204);
    expect(kept()).toEqual([]);
    expect((await original(id)).status).toBe(404);
  });

  it('is kept later when there was no place for it at first', async () => {
    await remove((await send('before')).id);
    chmodSync(join(folder, '.unfinished'), 0o500);
    const isRoot = process.getuid?.() === 0;
    const first = await send(PAGE);
    chmodSync(join(folder, '.unfinished'), 0o700);
    // Nothing keeps root from writing.
    expect(first.original).toBe(isRoot);
    expect(await send(PAGE)).toMatchObject({ id: first.id, original: true });
    await remove(first.id);
  });

  it('does not keep an upload waiting for a store that hangs, and is kept once it goes on', async () => {
    const blobs = service.app.get<Blobs>(BLOBS, { strict: false });
    const put = blobs.put.bind(blobs);
    let goOn = (): void => undefined;
    const hangs = new Promise<void>((resolve) => (goOn = resolve));
    const slow = jest.spyOn(blobs, 'put').mockImplementation(async (...given) => {
      await hangs;
      return put(...given);
    });
    const { id, original: has } = await send(PAGE);
    expect(has).toBe(false);
    goOn();
    while ((await original(id)).status !== 200) await pause(10);
    slow.mockRestore();
    await remove(id);
  });

  it('goes, too, where it was kept again while its document was being removed', async () => {
    const { id } = await send(PAGE);
    const documents = service.app.get(DocumentsRepository, { strict: false });
    const blobs = service.app.get<Blobs>(BLOBS, { strict: false });
    const take = documents.remove.bind(documents);
    const between = jest.spyOn(documents, 'remove').mockImplementationOnce(async (...given) => {
      await blobs.put(`documents/${id}`, Buffer.from(PAGE));
      return take(...given);
    });
    expect((await remove(id)).status).toBe(204);
    between.mockRestore();
    expect(kept()).toEqual([]);
  });

  it('is sealed with the new key at the next start, so that the old one may go', async () => {
    const { id } = await send(PAGE);
    await service.close();
    service = await serve(`${NEW},${OLD}`);
    // Its turn is over when it can be stopped.
    await service.app.get(Originals, { strict: false }).beforeApplicationShutdown();
    const rows = service.app.get(DataSource, { strict: false });
    const [{ keys }] = await rows.query<[{ keys: number }]>(
      `SELECT count(DISTINCT key_id)::int AS keys FROM rag.documents`,
    );
    expect(keys).toBe(1);
    await service.close();
    service = await serve(NEW);
    expect(await (await original(id)).text()).toBe(PAGE);
    await remove(id);
  });

  it('is looked for again each hour: a replica with the old key may have kept it after the start', async () => {
    await service.close();
    const timers = jest.spyOn(global, 'setInterval');
    service = await serve(NEW);
    const hourly = timers.mock.calls.filter(([, everyMs]) => everyMs === 3_600_000);
    timers.mockRestore();
    const { id } = await send(PAGE);
    const rows = service.app.get(DataSource, { strict: false });
    await rows.query(`UPDATE rag.documents SET key_id = 'old' WHERE id = $1`, [id]);
    for (const [work] of hourly) work();
    const keyOf = () =>
      rows.query<{ key: string }[]>(`SELECT key_id AS key FROM rag.documents WHERE id = $1`, [id]);
    while ((await keyOf())[0]?.key === 'old') await pause(10);
    await remove(id);
  });

  it('is said to be out of reach by an installation that has its place no more, and so is not forgotten', async () => {
    const { id } = await send(PAGE);
    await service.close();
    delete process.env.BLOBS_DIR;
    service = await serve(NEW);
    expect((await remove(id)).status).toBe(503);
    expect((await original(id)).status).toBe(404);
    await service.close();
    process.env.BLOBS_DIR = folder;
    service = await serve(NEW);
    expect((await remove(id)).status).toBe(204);
    expect(kept()).toEqual([]);
  });
});
