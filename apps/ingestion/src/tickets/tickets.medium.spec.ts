import { once } from 'node:events';
import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { WebSocket } from 'ws';
import { IngestionModule } from '../ingestion.module';
import type { IssuedTicket } from './tickets.service';

const KEY = 'a-key-of-the-operator';

// Real: the service with auth on, PostgreSQL (embedded), the in-memory bus and tickets.
describe('a ticket', () => {
  let database: TestDatabase;
  let service: RunningService;
  const before = { ...process.env };
  beforeAll(async () => {
    database = await startTestDatabase();
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      AUTH_ENABLED: '1',
      SERVICE_API_KEY: KEY,
    });
    enableEmbeddedBus();
    service = await createService(IngestionModule, 'ingestion', { port: 0 });
  });
  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
    process.env = before;
  });

  const post = async <T>(path: string, body?: object, key = KEY): Promise<[number, T]> => {
    const response = await fetch(service.url + path, {
      method: 'POST',
      headers: {
        'x-api-key': key,
        'x-workspace-id': 'acme',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return [response.status, (await response.json()) as T];
  };
  const meeting = async (): Promise<string> =>
    (await post<{ id: string }>('/v1/meetings', { title: 'Review' }))[1].id;
  const ticketFor = async (id: string): Promise<string> => {
    const [status, issued] = await post<IssuedTicket>(`/v1/meetings/${id}/tickets`);
    expect(status).toBe(201);
    const lifeMs = Date.parse(issued.expiresAt) - Date.now();
    expect(lifeMs).toBeGreaterThan(0);
    expect(lifeMs).toBeLessThanOrEqual(60_000);
    return issued.ticket;
  };
  const feed = async (id: string, ticket: string): Promise<number> => {
    const response = await fetch(`${service.url}/v1/meetings/${id}/events?ticket=${ticket}`);
    await response.body?.cancel();
    return response.status;
  };
  const audio = async (id: string, ticket: string): Promise<number> => {
    const url = `${service.url.replace('http', 'ws')}/v1/meetings/${id}/audio?ticket=${ticket}`;
    const socket = new WebSocket(url);
    const status = await Promise.race([
      once(socket, 'open').then(() => 101),
      once(socket, 'unexpected-response').then(
        (all) => (all[1] as { statusCode: number }).statusCode,
      ),
    ]);
    socket.once('error', () => undefined);
    socket.terminate();
    return status;
  };

  it('opens the feed or the audio socket of its meeting, in its workspace, once', async () => {
    const id = await meeting();
    const [first, second] = [await ticketFor(id), await ticketFor(id)];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect([await feed(id, first), await feed(id, first)]).toEqual([200, 401]);
    expect([await audio(id, second), await audio(id, second)]).toEqual([101, 401]);
  });

  it('opens no other meeting, and nothing else', async () => {
    const [id, other] = [await meeting(), await meeting()];
    expect(await feed(other, await ticketFor(id))).toBe(401);
    expect(await audio(other, await ticketFor(id))).toBe(401);
    const ticket = await ticketFor(id);
    expect((await fetch(`${service.url}/v1/meetings/${id}?ticket=${ticket}`)).status).toBe(401);
  });

  it('is given only to who may see the meeting', async () => {
    const id = await meeting();
    expect((await post(`/v1/meetings/${id}/tickets`, undefined, 'not-a-key-of-anybody'))[0]).toBe(
      401,
    );
    expect((await post('/v1/meetings/0199aaaa-0000-7000-8000-000000000000/tickets'))[0]).toBe(404);
  });
});
