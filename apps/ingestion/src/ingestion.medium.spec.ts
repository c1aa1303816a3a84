import { once } from 'node:events';
import { disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import {
  makeEvent,
  segmentId,
  type Coverage,
  type Meeting,
  type MeetingId,
  type Segment,
} from '@parley/contracts';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { WebSocket } from 'ws';
import { IngestionModule } from './ingestion.module';

const START = { type: 'start', encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 };
const ms = (count: number): Buffer => Buffer.alloc(count * 32);

// Real: the service over HTTP and WebSockets, PostgreSQL (embedded), the in-memory bus. asr is not there:
// the tests speak for it on the bus.
describe('ingestion', () => {
  let database: TestDatabase;
  let service: RunningService;
  const before = { ...process.env };

  beforeAll(async () => {
    database = await startTestDatabase();
    Object.assign(process.env, { DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2' });
    enableEmbeddedBus();
    service = await createService(IngestionModule, 'ingestion', { port: 0 });
  });

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
    process.env = before;
  });

  async function call<T>(method: string, path: string, body?: unknown): Promise<[number, T]> {
    const response = await fetch(service.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return [response.status, (await response.json()) as T];
  }

  async function meeting(): Promise<Meeting> {
    const [status, created] = await call<Meeting>('POST', '/v1/meetings', {
      title: 'Review',
      participants: [{ name: 'Laura', channel: 'laura' }],
    });
    expect(status).toBe(201);
    return created;
  }

  /** An audio socket that keeps what it is told. */
  function open(id: string) {
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/v1/meetings/${id}/audio`);
    const told: { type: string; offsetMs?: number; problem?: { type: string } }[] = [];
    const waiting: (() => void)[] = [];
    socket.on('message', (data: Buffer) => {
      told.push(JSON.parse(data.toString('utf8')) as (typeof told)[number]);
      for (const wake of waiting.splice(0)) wake();
    });
    const until = async (type: string, offsetMs?: number): Promise<void> => {
      const seen = (): boolean =>
        told.some(
          (one) => one.type === type && (offsetMs === undefined || one.offsetMs === offsetMs),
        );
      while (!seen()) await new Promise<void>((resolve) => waiting.push(resolve));
    };
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    return { socket, told, until, closed };
  }

  async function opened(id: string, start: object = START) {
    const audio = open(id);
    await once(audio.socket, 'open');
    audio.socket.send(JSON.stringify(start));
    return audio;
  }

  const log = () => {
    const found = embeddedBus()?.audioLog;
    if (!found) throw new Error('the embedded bus is not enabled');
    return found;
  };

  it('acknowledges audio once it is in the log, and accounts for it', async () => {
    const { id } = await meeting();
    const audio = await opened(id, { ...START, channel: 'laura' });
    await audio.until('ready');
    audio.socket.send(ms(300));
    audio.socket.send(ms(200));
    await audio.until('ack', 500);
    audio.socket.send(JSON.stringify({ type: 'stop' }));
    await audio.until('stopped');
    expect(await audio.closed).toBe(1000);
    const entries = await log().read(id, null, { waitMs: 100, limit: 10 });
    expect(entries.at(-1)?.entry).toEqual({ kind: 'end', channel: 'laura', endMs: 500 });
    const [, coverage] = await call<Coverage>('GET', `/v1/meetings/${id}/coverage`);
    expect(coverage).toMatchObject({ totalMs: 500, pendingMs: 500, lostMs: 0 });
  });

  it('keeps audio and gaps in the order in which they were sent, also in one burst', async () => {
    const { id } = await meeting();
    const audio = await opened(id);
    await audio.until('ready');
    audio.socket.send(ms(100));
    audio.socket.send(JSON.stringify({ type: 'gap', ms: 400 }));
    audio.socket.send(ms(20));
    await audio.until('ack', 520);
    const entries = await log().read(id, null, { waitMs: 0, limit: 10 });
    expect(
      entries.map(({ entry }) => [entry.kind, 'startMs' in entry ? entry.startMs : null]),
    ).toEqual([
      ['audio', 0],
      ['gap', 100],
      ['audio', 500],
    ]);
    audio.socket.terminate();
  });

  it('goes on where a lost sender stopped, without a gap or a repeat', async () => {
    const { id } = await meeting();
    const first = await opened(id);
    await first.until('ready');
    first.socket.send(ms(400));
    await first.until('ack', 400);
    first.socket.terminate();
    await first.closed;
    // The service notices the loss by itself; until then the channel is taken.
    let second = await opened(id, { ...START, resumeFrom: 300 });
    for (;;) {
      const state = await Promise.race([second.until('ready'), second.closed]);
      if (state === undefined) break;
      second = await opened(id, { ...START, resumeFrom: 300 });
    }
    second.socket.send(ms(200));
    await second.until('ack', 500);
    second.socket.send(JSON.stringify({ type: 'stop' }));
    await second.closed;
    const entries = await log().read(id, null, { waitMs: 100, limit: 20 });
    const spans = entries.flatMap(({ entry }) =>
      entry.kind === 'audio' ? [[entry.startMs, entry.startMs + entry.pcm.length / 32]] : [],
    );
    expect(spans[0]?.[0]).toBe(0);
    expect(spans.at(-1)?.[1]).toBe(500);
    for (const [index, span] of spans.slice(1).entries()) expect(span[0]).toBe(spans[index]?.[1]);
  });

  it('begins a meeting that is held from a recording when it was recorded', async () => {
    const startedAt = '2025-02-28T10:00:00+01:00';
    const [status, created] = await call<Meeting>('POST', '/v1/meetings', {
      title: 'R',
      startedAt,
    });
    expect([status, created.startedAt]).toEqual([201, '2025-02-28T09:00:00.000Z']);
    const [, found] = await call<Meeting>('GET', `/v1/meetings/${created.id}`);
    expect(found.startedAt).toBe('2025-02-28T09:00:00.000Z');
  });

  it.each([
    ['in the future', '2999-01-01T00:00:00Z'],
    ['before 1970', '1969-12-31T23:59:59Z'],
    ['without a zone', '2026-11-23T09:00:00'],
    ['a day', '2026-11-23'],
    ['on a day that there is not', '2025-02-29T09:00:00Z'],
    ['in a second that there is not', '2016-12-31T23:59:60Z'],
    ['no time', 'yesterday'],
  ])('refuses a start that is %s', async (_, startedAt) => {
    const [status] = await call('POST', '/v1/meetings', { title: 'R', startedAt });
    expect(status).toBe(400);
  });

  it('lets one sender at a time have a channel', async () => {
    const { id } = await meeting();
    const first = await opened(id);
    await first.until('ready');
    const second = await opened(id);
    await second.until('error');
    expect(second.told[0]?.problem?.type).toContain('channel-busy');
    expect(await second.closed).toBe(4409);
    first.socket.send(ms(100));
    await first.until('ack', 100);
    first.socket.close();
    await first.closed;
  });

  it.each([
    ['another sample rate', { ...START, sampleRate: 8_000 }, 'unsupported-audio', 4422],
    ['another encoding', { ...START, encoding: 'mp3' }, 'unsupported-audio', 4422],
    ['an unknown message', { type: 'hello' }, 'validation-failed', 1008],
    ['stop before start', { type: 'stop' }, 'validation-failed', 1008],
  ])('refuses %s with a problem and a close code', async (_, message, problem, code) => {
    const { id } = await meeting();
    const audio = await opened(id, message);
    await audio.until('error');
    expect(audio.told[0]?.problem?.type).toContain(problem);
    expect(await audio.closed).toBe(code);
  });

  it('refuses audio before start, and a frame that is too large', async () => {
    const { id } = await meeting();
    const early = open(id);
    await once(early.socket, 'open');
    early.socket.send(ms(20));
    expect(await early.closed).toBe(1008);
    const large = await opened(id);
    await large.until('ready');
    large.socket.send(ms(60_000));
    expect(await large.closed).toBe(1009);
  });

  it('keeps what was accepted when nonsense follows', async () => {
    const { id } = await meeting();
    const audio = await opened(id);
    await audio.until('ready');
    audio.socket.send(ms(250));
    await audio.until('ack', 250);
    audio.socket.send('not json');
    expect(await audio.closed).toBe(1008);
    const [, coverage] = await call<Coverage>('GET', `/v1/meetings/${id}/coverage`);
    expect(coverage.totalMs).toBe(250);
  });

  it('answers an unknown or ended meeting before the socket opens', async () => {
    const { id } = await meeting();
    await call('POST', `/v1/meetings/${id}/end`);
    for (const [one, status] of [
      [id, 409],
      ['01a2060c-0000-7000-8000-000000000000', 404],
      ['nonsense', 404],
    ] as const) {
      const { socket } = open(one);
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      expect(response.statusCode).toBe(status);
      socket.terminate();
    }
  });

  it('ends a meeting for a sender that is still sending, with all that it sent', async () => {
    const { id } = await meeting();
    const audio = await opened(id);
    await audio.until('ready');
    audio.socket.send(ms(120));
    await audio.until('ack', 120);
    const [status, ended] = await call<Meeting>('POST', `/v1/meetings/${id}/end`);
    expect([status, ended.status]).toEqual([200, 'ended']);
    await audio.until('stopped');
    expect(await audio.closed).toBe(1000);
    const entries = await log().read(id, null, { waitMs: 100, limit: 10 });
    expect(entries.at(-1)?.entry).toEqual({ kind: 'end', channel: 'main', endMs: 120 });
    const [again] = await call<Meeting>('POST', `/v1/meetings/${id}/end`);
    expect(again).toBe(200);
  });

  it('puts an event on the timeline once, however often it is told', async () => {
    const { id } = await meeting();
    const segment: Segment = {
      id: segmentId(id as MeetingId, 'main', 0),
      meetingId: id,
      channel: 'main',
      speaker: null,
      startMs: 0,
      endMs: 900,
      text: 'Hello.',
      final: true,
      revision: 0,
      engine: 'test',
      degraded: false,
    };
    const event = makeEvent('transcript.final', { segment }, { meetingId: id });
    await embeddedBus()?.bus.publish(event);
    await embeddedBus()?.bus.publish(event);
    const corrected = { ...segment, revision: 1, text: 'Hallo.' };
    await embeddedBus()?.bus.publish(
      makeEvent('transcript.final', { segment: corrected }, { meetingId: id }),
    );
    const stop = new AbortController();
    const response = await fetch(`${service.url}/v1/meetings/${id}/events`, {
      signal: stop.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array);
      if (text.includes('segment.revised')) break;
    }
    stop.abort();
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 1', 'id: 2']);
    expect(text.match(/^event: .+$/gm)).toEqual(['event: segment.final', 'event: segment.revised']);
  });

  it.each([
    ['no title', {}],
    ['an unknown field', { title: 'x', colour: 'red' }],
    ['a time zone that is none', { title: 'x', timeZone: 'Mars/Base' }],
    [
      'two owners of a channel',
      {
        title: 'x',
        participants: [
          { name: 'A', channel: 'c' },
          { name: 'B', channel: 'c' },
        ],
      },
    ],
  ])('refuses a meeting with %s', async (_, body) => {
    const [status, problem] = await call<{ type: string; requestId: string }>(
      'POST',
      '/v1/meetings',
      body,
    );
    expect(status).toBe(400);
    expect(problem.type).toBe('https://parley.dev/problems/validation-failed');
    expect(problem.requestId).toBeTruthy();
  });

  it('answers malformed JSON and unknown paths with problems', async () => {
    const malformed = await fetch(`${service.url}/v1/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect([malformed.status, malformed.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect((await call('GET', '/v1/nothing'))[0]).toBe(404);
    expect((await call('GET', '/v1/meetings/nonsense'))[0]).toBe(404);
  });
});
