import { RedisAudioLog, type AudioEntry } from '@parley/bus';
import { createParleyClient, unwrap, type AudioSender, type ParleyClient } from '@parley/client';
import { newId } from '@parley/contracts';
import { closeRedis, createRedis } from '@parley/redis';
import {
  freePorts,
  startRedisServer,
  startTestDatabase,
  tcpGate,
  throughGate,
  type TcpGate,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { WebSocket } from 'ws';
import { IngestionProcess } from './ingestion-process';

const MINUTE = 60_000;
const BYTES_PER_MS = 32;
const FRAME_MS = 100;

/** Every stretch of it differs from every other. */
const said = Buffer.alloc(20_000 * BYTES_PER_MS);
for (let at = 0; at < said.length; at += 2) said.writeUInt16LE((at * 48_271) % 65_521, at);

// Real: ingestion in a process of its own, PostgreSQL, Redis, the client on real sockets. There is no asr.
describe('audio on its way in', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let ingestion: IngestionProcess;
  let gate: TcpGate;
  let log: RedisAudioLog;
  let client: ParleyClient;
  const senders: AudioSender[] = [];

  beforeAll(async () => {
    [database, redis] = await Promise.all([startTestDatabase(), startRedisServer()]);
    const [port] = await freePorts(1);
    ingestion = new IngestionProcess(`http://127.0.0.1:${port}`, {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      REDIS_URL: redis.url,
      AUDIO_BACKLOG_SECONDS: '600',
    });
    await ingestion.start();
    gate = await tcpGate(ingestion.url);
    await gate.open();
    log = new RedisAudioLog({ url: redis.url, name: 'test' });
    client = clientOf(ingestion.url);
  }, MINUTE);

  afterEach(() => {
    for (const sender of senders.splice(0)) sender.cut();
  });

  afterAll(async () => {
    await Promise.all([log.close(), ingestion.kill(), gate.shut()]);
    await Promise.all([database.stop(), redis.stop()]);
  }, MINUTE);

  function clientOf(url: string): ParleyClient {
    return createParleyClient({
      baseUrls: { ingestion: url },
      openSocket: (socket) => new WebSocket(socket),
    });
  }

  async function meeting(): Promise<string> {
    const body = { title: 'Review' };
    return (await unwrap(client.ingestion.POST('/v1/meetings', { body }))).id;
  }

  async function open(meetingId: string, by = client): Promise<AudioSender> {
    const sender = await by.sendAudio(meetingId);
    senders.push(sender);
    return sender;
  }

  /** Sends `[fromMs, toMs)` of what is said. */
  async function send(sender: AudioSender, fromMs: number, toMs: number): Promise<void> {
    for (let atMs = fromMs; atMs < toMs; atMs += FRAME_MS) {
      await sender.send(said.subarray(atMs * BYTES_PER_MS, (atMs + FRAME_MS) * BYTES_PER_MS));
    }
  }

  async function entries(meetingId: string): Promise<AudioEntry[]> {
    const stored = await log.read(meetingId, null, { waitMs: 0, limit: 10_000 });
    return stored.map(({ entry }) => entry);
  }

  /** Waits for the channel's end. */
  async function untilEnd(meetingId: string): Promise<AudioEntry> {
    for (let afterId: string | null = null; ;) {
      const stored = await log.read(meetingId, afterId, { waitMs: 30_000, limit: 1_000 });
      const end = stored.find(({ entry }) => entry.kind === 'end');
      if (end) return end.entry;
      afterId = stored.at(-1)?.id ?? afterId;
    }
  }

  /** The log holds all of `[0, endMs)` as it was said; what stands there twice is the same. */
  async function expectWhole(meetingId: string, endMs: number): Promise<void> {
    let atMs = 0;
    for (const entry of await entries(meetingId)) {
      expect(entry.kind).not.toBe('gap');
      if (entry.kind !== 'audio') continue;
      expect(entry.startMs).toBeLessThanOrEqual(atMs);
      const from = entry.startMs * BYTES_PER_MS;
      expect(entry.pcm.equals(said.subarray(from, from + entry.pcm.length))).toBe(true);
      atMs = Math.max(atMs, entry.startMs + entry.pcm.length / BYTES_PER_MS);
    }
    expect(atMs).toBe(endMs);
    const params = { path: { id: meetingId } };
    const coverage = await unwrap(client.ingestion.GET('/v1/meetings/{id}/coverage', { params }));
    expect(coverage).toMatchObject({ totalMs: endMs, pendingMs: endMs, lostMs: 0, shedMs: 0 });
  }

  it(
    'is whole though ingestion is killed again and again',
    async () => {
      const id = await meeting();
      const sender = await open(id);
      for (let round = 0; round < 3; round += 1) {
        await send(sender, round * 5_000, round * 5_000 + 4_000);
        await ingestion.kill();
        // There is room for it as long as ten seconds are not acknowledged.
        const onwards = send(sender, round * 5_000 + 4_000, round * 5_000 + 5_000);
        await ingestion.start();
        await onwards;
      }
      await expect(sender.stop()).resolves.toBe(15_000);
      await expectWhole(id, 15_000);
    },
    MINUTE,
  );

  it(
    'is whole though the line is cut again and again, also while it stops',
    async () => {
      const id = await meeting();
      const sender = await open(id, clientOf(throughGate(ingestion.url, gate)));
      for (let round = 0; round < 5; round += 1) {
        await send(sender, round * 2_000, round * 2_000 + 2_000);
        // Each cut is one of a connection that carries something.
        await untilDurable(sender, round * 2_000 + FRAME_MS);
        await gate.shut();
        await gate.open();
      }
      const stopping = sender.stop();
      await gate.shut();
      await gate.open();
      await expect(stopping).resolves.toBe(10_000);
      await expectWhole(id, 10_000);
    },
    MINUTE,
  );

  it(
    'resumes where the log ends, whatever Postgres noted, and needs no gap for it',
    async () => {
      const id = await meeting();
      const first = await open(id);
      await send(first, 0, 1_000);
      // Written behind the back of Postgres, as what came in since the last note.
      const pcm = said.subarray(1_000 * BYTES_PER_MS, 1_900 * BYTES_PER_MS);
      await untilDurable(first, 1_000);
      await log.append(id, { kind: 'audio', channel: 'main', startMs: 1_000, pcm });
      await ingestion.kill();
      first.cut();
      await ingestion.start();
      const second = await eventually(() => open(id));
      expect(second.durableMs).toBe(1_900);
      await send(second, 1_900, 3_000);
      expect(await second.stop()).toBe(3_000);
      await expectWhole(id, 3_000);
    },
    MINUTE,
  );

  it(
    'goes on from what Postgres noted when Redis lost the log',
    async () => {
      const id = await meeting();
      const first = await open(id);
      await send(first, 0, 1_000);
      first.gap(500);
      await untilDurable(first, 1_500);
      first.cut();
      await eventually(async () => {
        const params = { path: { id } };
        const { totalMs } = await unwrap(
          client.ingestion.GET('/v1/meetings/{id}/coverage', { params }),
        );
        if (totalMs < 1_500) throw new Error('not noted yet');
      });
      const connection = createRedis(redis.url, { name: newId() });
      await connection.del(
        `parley:audio:${id}`,
        `parley:audio:${id}:held`,
        `parley:audio:${id}:ends`,
      );
      await closeRedis(connection);
      const second = await eventually(() => open(id));
      expect(second.durableMs).toBe(1_500);
      await send(second, 1_500, 2_000);
      expect(await second.stop()).toBe(2_000);
      expect((await entries(id))[0]).toMatchObject({ kind: 'audio', startMs: 1_500 });
    },
    MINUTE,
  );

  it('lets one sender at a time have a channel', async () => {
    const id = await meeting();
    await open(id);
    await expect(open(id)).rejects.toMatchObject({ code: 'channel-busy' });
  });

  it(
    'ends with the meeting where the sender died, with all that the log holds',
    async () => {
      const id = await meeting();
      const sender = await open(id);
      await send(sender, 0, 1_000);
      await untilDurable(sender, 1_000);
      await ingestion.kill();
      sender.cut();
      await ingestion.start();
      await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params: { path: { id } } }));
      expect(await untilEnd(id)).toEqual({ kind: 'end', channel: 'main', endMs: 1_000 });
    },
    MINUTE,
  );
});

async function untilDurable(sender: AudioSender, ms: number): Promise<void> {
  while (sender.durableMs < ms) await new Promise((resolve) => setImmediate(resolve));
}

/** The service notices a dead sender by itself: until then it refuses. */
async function eventually<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
