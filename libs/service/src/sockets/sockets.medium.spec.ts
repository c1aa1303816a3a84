import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { SCOPES } from '@parley/contracts';
import { requestContext, type RequestContext } from '@parley/observability';
import { WebSocket } from 'ws';
import { Tickets } from '../access/tickets';
import { startDoor, type DoorUnderTest } from '../testing/door-under-test';
import { SocketHeartbeat } from './socket-heartbeat';
import type { SocketRoute } from './socket-router';

const KEY = 'a-key-of-the-operator';
const ORIGIN = 'https://app.example.com';

// Real: the front door, Nest, WebSockets on loopback. Fake: the ticket office.
describe('a socket', () => {
  let door: DoorUnderTest;
  let contexts: RequestContext[];
  const route: SocketRoute = {
    path: /^\/v1\/meetings\/(?<id>[^/]+)\/audio$/,
    needs: 'capture',
    maxMessageBytes: 1_000,
    ticketParameter: 'id',
    connected: (socket) => {
      contexts.push(requestContext());
      socket.send('hello');
    },
  };
  beforeAll(async () => {
    contexts = [];
    door = await startDoor(
      { AUTH_ENABLED: '1', SERVICE_API_KEY: KEY, CORS_ALLOW_ORIGINS: ORIGIN, MAX_SOCKETS: '1' },
      {},
      [route],
    );
  });
  afterAll(() => door.close());

  const open = (headers: Record<string, string>, path = '/v1/meetings/m1/audio'): WebSocket =>
    new WebSocket(door.url.replace('http', 'ws') + path, { headers });
  const opened = async (socket: WebSocket): Promise<void> => {
    await once(socket, 'message');
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  };
  const refused = async (
    socket: WebSocket,
  ): Promise<{ status: number; text: string; headers: IncomingMessage['headers'] }> => {
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode ?? 0, text, headers: response.headers };
  };

  it('opens to who shows the key, in the request’s name', async () => {
    await opened(open({ 'x-api-key': KEY, 'x-request-id': 'the-id', 'x-workspace-id': 'acme' }));
    expect(contexts.at(-1)).toMatchObject({
      requestId: 'the-id',
      workspaceId: 'acme',
      caller: { kind: 'operator' },
      deadline: null,
    });
  });

  it.each([
    [401, 'no key', {}, undefined],
    [401, 'a wrong key', { 'x-api-key': 'not-the-key-of-anybody' }, undefined],
    [
      403,
      'a page of another origin',
      { 'x-api-key': KEY, origin: 'https://evil.example' },
      undefined,
    ],
    [404, 'no such socket', { 'x-api-key': KEY }, '/v1/nothing'],
    [400, 'an address that cannot be read', { 'x-api-key': KEY }, '/v1/meetings/%00/audio'],
  ])('is refused with %i: %s', async (status, _, headers, path) => {
    const answer = await refused(open(headers, path));
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    });
    expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    const body = JSON.parse(answer.text) as Record<string, unknown>;
    expect(body).toMatchObject({ status, requestId: answer.headers['x-request-id'] });
  });

  it.each([ORIGIN, 'the service itself'])('opens to pages of %s', async (origin) => {
    await opened(open({ 'x-api-key': KEY, origin: origin === ORIGIN ? origin : door.url }));
  });

  it('opens to a ticket that is bound to it', async () => {
    const caller = {
      id: 'key:0123456789ab',
      kind: 'anonymous' as const,
      name: 'operator',
      scopes: SCOPES,
    };
    door.app.get(Tickets).open({
      redeem: (ticket) =>
        Promise.resolve(ticket === 'good' ? { resource: 'm1', workspaceId: 'acme', caller } : null),
    });
    await opened(open({}, '/v1/meetings/m1/audio?ticket=good'));
    expect(contexts.at(-1)).toMatchObject({ caller, workspaceId: 'acme' });
    expect((await refused(open({}, '/v1/meetings/m2/audio?ticket=good'))).status).toBe(401);
    expect((await refused(open({}, '/v1/meetings/m1/audio?ticket=bad'))).status).toBe(401);
  });

  it('is refused with 503 while as many are open as the service holds', async () => {
    const first = open({ 'x-api-key': KEY });
    await once(first, 'message');
    const answer = await refused(open({ 'x-api-key': KEY }));
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    const closed = once(first, 'close');
    first.close();
    await closed;
  });

  it('is closed with 1009 after a message that is too large', async () => {
    const socket = open({ 'x-api-key': KEY });
    await once(socket, 'message');
    socket.send(Buffer.alloc(1_001));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
  });

  it('is noticed when it is half open', async () => {
    const heartbeat = new SocketHeartbeat(50);
    const watching: SocketRoute = {
      path: /^\/v1\/watched$/,
      needs: 'read',
      maxMessageBytes: 10,
      connected: (socket) => {
        heartbeat.watch(socket);
        socket.send('hello');
      },
    };
    const own = await startDoor({}, {}, [watching]);
    const url = `${own.url.replace('http', 'ws')}/v1/watched`;
    const alive = new WebSocket(url);
    const dead = new WebSocket(url, { autoPong: false });
    const gone = once(dead, 'close') as Promise<[number]>;
    await Promise.all([once(alive, 'message'), once(dead, 'message')]);
    const [code] = await gone;
    expect(code).toBe(1006);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    heartbeat.stop();
    alive.terminate();
    await own.close();
  });
});
