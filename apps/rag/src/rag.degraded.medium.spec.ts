import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import type { SearchResults } from '@parley/contracts';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import type { DocumentView } from './documents/document.dto';
import { VectorBackfill } from './chunks/vector-backfill';
import { RagModule } from './rag.module';

// Real: Postgres (embedded), the openai SDK over HTTP on loopback. Fake: the embedding model behind it.
describe('rag while its embedding endpoint fails', () => {
  const settings = { ...process.env };
  let database: TestDatabase;
  let service: RunningService;
  let endpoint: Server;
  let working = false;

  beforeAll(async () => {
    endpoint = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        if (!working) return response.writeHead(400).end('{}');
        const { input } = JSON.parse(body) as { input: string[] };
        const data = input.map((text, index) => ({ index, embedding: vectorOf(text) }));
        return response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ data }));
      });
    });
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
    database = await startTestDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      OPENAI_BASE_URL: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1`,
      OPENAI_EMBEDDING_MODEL: 'fake',
    });
    enableEmbeddedBus();
    service = await createService(RagModule, 'rag', { port: 0 });
  });

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
    endpoint.closeAllConnections();
    await new Promise((resolve) => endpoint.close(resolve));
    process.env = settings;
  });

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const search = async (mode: string): Promise<SearchResults> =>
    (await (await post('/v1/search', { query: 'door code', mode })).json()) as SearchResults;

  it('takes documents without vectors, finds them by words and says so, until the endpoint is back', async () => {
    const text = 'The door code is changed on Monday.';
    const indexed = await post('/v1/documents', { title: 'Doors', text });
    expect(indexed.status).toBe(201);
    const document = (await indexed.json()) as DocumentView;
    expect(document.vectors).toBe(false);

    const found = await search('hybrid');
    expect(found.degraded).toBe(true);
    expect(found.items[0]?.text).toBe(text);
    expect(found.items[0]?.scores.vector).toBeUndefined();
    expect((await search('keyword')).degraded).toBe(false);
    expect((await post('/v1/search', { query: 'door code', mode: 'vector' })).status).toBe(503);

    working = true;
    expect(await service.app.get(VectorBackfill).run()).toBe(true);
    const after = await fetch(`${service.url}/v1/documents/${document.id}`);
    expect(await after.json()).toMatchObject({ vectors: true });
    const whole = await search('hybrid');
    expect(whole.degraded).toBe(false);
    expect(whole.items[0]?.scores.vector).toBeGreaterThan(0);
  });
});

function vectorOf(text: string): number[] {
  return Array.from({ length: 512 }, (_, index) => 1 + (text.charCodeAt(index % text.length) % 7));
}
