import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLOBS, BlobsUnavailableError, type Blobs } from '@parley/blobs';
import { unwrap, type AudioSender } from '@parley/client';
import { newId } from '@parley/contracts';
import { makeContext, runInContext } from '@parley/observability';
import { unzipSync } from 'fflate';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { RunningFeeds } from '../testing/running-feeds';
import { RecordingAccess } from './recording-access.service';
import { RecordingSweep } from './recording.sweep';
import { RecordingsService } from './recordings.service';

const BYTES_PER_MS = 32;
const HEADER_BYTES = 44;

// Real: the service, its sockets, database and files. The bus is the embedded one; nobody transcribes.
describe('the audio of a meeting that keeps it', () => {
  let folder: string;
  let feeds: RunningFeeds;
  const path = (id: string) => ({ params: { path: { id } } });
  const create = (body: object) =>
    feeds.client.ingestion.POST('/v1/meetings', { body: { title: 'Talk', ...body } });
  const created = async (body: object = {}) => unwrap(create({ keepAudio: true, ...body }));
  const switchTo = (id: string, privacyMode: 'transcript' | 'off-the-record' | 'notes-only') =>
    unwrap(
      feeds.client.ingestion.PATCH('/v1/meetings/{id}', { ...path(id), body: { privacyMode } }),
    );
  const spansOf = async (id: string) =>
    (await unwrap(feeds.client.ingestion.GET('/v1/meetings/{id}/recording/spans', path(id))))
      .channels;
  const ask = (id: string, query = '') => fetch(`${feeds.url}/v1/meetings/${id}/recording${query}`);
  const heard = async (id: string, query = '') =>
    Buffer.from(await (await ask(id, query)).arrayBuffer()).subarray(HEADER_BYTES);
  const blobsOf = (id: string) => {
    const at = join(folder, 'recordings', id);
    return existsSync(at) ? readdirSync(at) : [];
  };
  const until = async (is: () => boolean | Promise<boolean>) => {
    while (!(await is())) await wait(10);
  };
  const rows = <Row>(text: string, values: unknown[] = []) =>
    feeds.app.get(DataSource, { strict: false }).query<Row[]>(text, values);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-recordings-'));
    feeds = await RunningFeeds.start({
      BLOBS_DIR: folder,
      BLOBS_KEY: randomBytes(32).toString('base64'),
    });
  });

  afterAll(async () => {
    await feeds.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function say(sender: AudioSender, pcm: Buffer): Promise<void> {
    const untilMs = sender.durableMs + pcm.length / BYTES_PER_MS;
    await sender.send(pcm);
    while (sender.durableMs < untilMs) await wait(5);
  }

  const noise = (ms: number) => randomBytes(ms * BYTES_PER_MS);

  const unzipped = async (answer: Response) =>
    unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const archiveOf = async (id: string) =>
    unzipped(await fetch(`${feeds.url}/v1/meetings/${id}/export?format=zip`));
  const archiveOfPerson = async (email: string) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ email });
    const url = `${feeds.url}/v1/participants/export`;
    return unzipped(await fetch(url, { method: 'POST', headers, body }));
  };
  const exportedAudio = async (id: string, email: string) =>
    [...Object.keys(await archiveOf(id)), ...Object.keys(await archiveOfPerson(email))].filter(
      (name) => name.endsWith('.wav'),
    );

  /** Sends it, ends the sender, and waits until it is kept. */
  async function recorded(id: string, pcm: Buffer, channel = 'main'): Promise<void> {
    const sender = await feeds.client.sendAudio(id, { channel });
    await say(sender, pcm);
    await sender.stop();
    await recordingsIdle();
  }

  it('is heard again, sample by sample, as a WAV file of any stretch', async () => {
    const { id } = await created();
    const pcm = noise(12_345);
    await recorded(id, pcm);
    expect(await spansOf(id)).toEqual([
      { channel: 'main', spans: [{ startMs: 0, endMs: 12_345 }] },
    ]);
    const whole = await ask(id);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    const file = Buffer.from(await whole.arrayBuffer());
    expect(whole.headers.get('content-length')).toBe(String(HEADER_BYTES + pcm.length));
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.subarray(HEADER_BYTES).equals(pcm)).toBe(true);
    const stretch = await heard(id, '?fromMs=9000&toMs=11001');
    expect(stretch.equals(pcm.subarray(9_000 * BYTES_PER_MS, 11_001 * BYTES_PER_MS))).toBe(true);
  });

  it('lies there sealed', async () => {
    const { id } = await created();
    const pcm = Buffer.from('the heron is blue '.repeat(2_000)).subarray(0, 32_000);
    await recorded(id, pcm);
    for (const blob of blobsOf(id)) {
      expect(readFileSync(join(folder, 'recordings', id, blob)).includes('heron')).toBe(false);
    }
  });

  it('is silent where something is missing, and has every channel for itself', async () => {
    const { id } = await created();
    const [before, after] = [noise(500), noise(400)];
    const sender = await feeds.client.sendAudio(id);
    await say(sender, before);
    await switchTo(id, 'off-the-record');
    await say(sender, noise(300));
    await switchTo(id, 'transcript');
    await say(sender, after);
    await sender.stop();
    await recorded(id, noise(200), 'ann');
    expect(await spansOf(id)).toEqual([
      { channel: 'ann', spans: [{ startMs: 0, endMs: 200 }] },
      {
        channel: 'main',
        spans: [
          { startMs: 0, endMs: 500 },
          { startMs: 800, endMs: 1_200 },
        ],
      },
    ]);
    const silence = Buffer.alloc(300 * BYTES_PER_MS);
    expect((await heard(id)).equals(Buffer.concat([before, silence, after]))).toBe(true);
    expect((await ask(id, '?fromMs=500&toMs=800')).status).toBe(404);
  });

  it('is kept of nobody who declined', async () => {
    const { id, participants } = await created({
      participants: [
        { name: 'Ann', channel: 'ann' },
        { name: 'Bob', channel: 'bob' },
      ],
    });
    await unwrap(
      feeds.client.ingestion.PUT('/v1/meetings/{id}/participants/{participantId}/consent', {
        params: { path: { id, participantId: participants[0]?.id ?? '' } },
        body: { consent: 'declined', method: 'spoken' },
      }),
    );
    const ann = await feeds.client.sendAudio(id, { channel: 'ann' });
    await say(ann, noise(300));
    await ann.stop();
    await recorded(id, noise(100), 'bob');
    expect((await spansOf(id)).map(({ channel }) => channel)).toEqual(['bob']);
    expect(blobsOf(id)).toHaveLength(1);
  });

  it('is not kept any more, nor heard or exported, once only notes are kept', async () => {
    const email = 'noa@example.com';
    const participants = [{ name: 'Noa', email, channel: 'main' }, { name: 'Ben' }];
    const { id } = await created({ participants });
    const sender = await feeds.client.sendAudio(id);
    await say(sender, noise(10_100));
    await until(() => blobsOf(id).length === 1);
    expect(await exportedAudio(id, email)).toHaveLength(2);
    await switchTo(id, 'notes-only');
    await say(sender, noise(10_100));
    await sender.stop();
    await recordingsIdle();
    expect(blobsOf(id)).toHaveLength(1);
    expect((await ask(id)).status).toBe(404);
    expect(await spansOf(id)).toEqual([]);
    expect(await exportedAudio(id, email)).toEqual([]);
  });

  it('is promised only where it may be kept', async () => {
    for (const more of [{ privacyMode: 'notes-only' }, { redactPersonalData: true }]) {
      const { error } = await create({ keepAudio: true, ...more });
      expect(error).toMatchObject({ type: expect.stringContaining('validation-failed') as string });
    }
  });

  it.each(['?fromMs=5&toMs=5', '?fromMs=0&toMs=600001', '?fromMs=-1', '?fromMs=x', '?from=1'])(
    'is not heard with %s',
    async (query) => {
      const { id } = await created();
      await recorded(id, noise(100));
      expect((await ask(id, query)).status).toBe(400);
    },
  );

  it('is not there for a meeting that keeps none, a channel without any, and one that is not known', async () => {
    const { id } = await created({ keepAudio: false });
    const sender = await feeds.client.sendAudio(id);
    await say(sender, noise(100));
    await sender.stop();
    expect([(await ask(id)).status, (await ask(newId())).status]).toEqual([404, 404]);
    expect(blobsOf(id)).toEqual([]);
  });

  it('is there for its own workspace alone', async () => {
    const { id } = await created();
    await recorded(id, noise(500));
    const access = feeds.app.get(RecordingAccess, { strict: false });
    const stranger = makeContext('ingestion', { workspaceId: 'acme' });
    const asked = [
      () => access.open(id, { channel: 'main', fromMs: 0 }),
      () => access.spans(id),
      () => access.erase(id),
    ];
    for (const each of asked) {
      const answer = runInContext(stranger, (): Promise<unknown> => each());
      await expect(answer).rejects.toMatchObject({ code: 'meeting-not-found' });
    }
    expect((await ask(id)).status).toBe(200);
  });

  it('is in the archive of the meeting, a file for each channel', async () => {
    const { id } = await created();
    const pcm = noise(700);
    await recorded(id, pcm, 'ann');
    const files = await archiveOf(id);
    const wav = Buffer.from(files['recording/channel-1.wav'] ?? []);
    expect(wav.subarray(HEADER_BYTES).equals(pcm)).toBe(true);
    expect(JSON.parse(Buffer.from(files['recording.json'] ?? []).toString())).toEqual([
      {
        channel: 'ann',
        file: 'recording/channel-1.wav',
        kept: [{ startMs: 0, endMs: 700 }],
      },
    ]);
  });

  it('goes with the meeting', async () => {
    const { id } = await created();
    await recorded(id, noise(10_500));
    expect(blobsOf(id)).toHaveLength(2);
    await unwrap(feeds.client.ingestion.DELETE('/v1/meetings/{id}', path(id)));
    expect((await ask(id)).status).toBe(404);
    await until(() => blobsOf(id).length === 0);
  });

  it('is taken back when its meeting is erased while it is being written', async () => {
    const { id } = await created();
    const sender = await feeds.client.sendAudio(id);
    await say(sender, noise(900));
    await unwrap(feeds.client.ingestion.DELETE('/v1/meetings/{id}', path(id)));
    await recordingsIdle();
    expect(blobsOf(id)).toEqual([]);
    expect(
      await rows(`SELECT 1 FROM ingestion.recording_parts WHERE meeting_id = $1`, [id]),
    ).toEqual([]);
  });

  it('goes to the person it is of, where a channel is theirs alone', async () => {
    const email = 'ann@example.com';
    const participants = [{ name: 'Ann', email, channel: 'ann' }, { name: 'Ben' }];
    const { id } = await created({ participants });
    const [own, shared] = [noise(100), noise(100)];
    await recorded(id, own, 'ann');
    await recorded(id, shared, 'room');
    const files = await archiveOfPerson(email);
    const names = Object.keys(files).filter((name) => name.endsWith('.wav'));
    expect(names).toEqual([expect.stringContaining(`${id}/channel-1.wav`)]);
    expect(
      Buffer.from(files[names[0] ?? ''] ?? [])
        .subarray(HEADER_BYTES)
        .equals(own),
    ).toBe(true);
  });

  it('is left out of what a person gets, and named there, where the archive has no room for it', async () => {
    const email = 'long@example.com';
    const participants = [{ name: 'Lou', email, channel: 'lou' }, { name: 'Ben' }];
    const { id } = await created({ participants });
    await rows(
      `INSERT INTO ingestion.recording_parts (id, meeting_id, channel, start_ms, end_ms, key_id)
       VALUES ($1, $2, 'lou', 117000000, 118000000, 'k')`,
      [newId(), id],
    );
    const files = await archiveOfPerson(email);
    expect(Object.keys(files).filter((name) => name.endsWith('.wav'))).toEqual([]);
    const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()) as {
      leftOut: { name: string }[];
    };
    expect(manifest.leftOut.map(({ name }) => name)).toContainEqual(
      expect.stringContaining(`${id}/channel-1.wav`),
    );
  });

  it('can be erased alone, and then is kept no more', async () => {
    const { id } = await created();
    const sender = await feeds.client.sendAudio(id);
    await say(sender, noise(10_100));
    await until(() => blobsOf(id).length === 1);
    const erase = await feeds.client.ingestion.DELETE('/v1/meetings/{id}/recording', path(id));
    expect(erase.response.status).toBe(204);
    await say(sender, noise(10_100));
    await sender.stop();
    await recordingsIdle();
    expect(blobsOf(id)).toEqual([]);
    const meeting = await unwrap(feeds.client.ingestion.GET('/v1/meetings/{id}', path(id)));
    expect(meeting.keepAudio).toBe(false);
  });

  it('goes when its days are over, and the meeting stays', async () => {
    const { id } = await created();
    await recorded(id, noise(100));
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 31 * 24 * 3_600_000);
    await feeds.app.get(RecordingSweep, { strict: false }).eraseOld();
    clock.mockRestore();
    expect(blobsOf(id)).toEqual([]);
    await unwrap(feeds.client.ingestion.GET('/v1/meetings/{id}', path(id)));
  });

  it('is found again and goes, where the store was away when its days were over', async () => {
    const { id } = await created();
    await recorded(id, noise(100));
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 31 * 24 * 3_600_000);
    const store = feeds.app.get<Blobs>(BLOBS, { strict: false });
    const away = jest
      .spyOn(store, 'removeAll')
      .mockRejectedValueOnce(new BlobsUnavailableError('unreachable'));
    const sweep = feeds.app.get(RecordingSweep, { strict: false });
    await expect(sweep.eraseOld()).rejects.toThrow(BlobsUnavailableError);
    expect(blobsOf(id)).toHaveLength(1);
    await sweep.eraseOld();
    away.mockRestore();
    clock.mockRestore();
    expect(blobsOf(id)).toEqual([]);
    expect(
      await rows(`SELECT 1 FROM ingestion.recording_parts WHERE meeting_id = $1`, [id]),
    ).toEqual([]);
  });

  it('is not begun while its store is away, and archives say so', async () => {
    const { id } = await created();
    await recorded(id, noise(100));
    const store = feeds.app.get<Blobs>(BLOBS, { strict: false });
    const away = jest.spyOn(store, 'read').mockRejectedValue(new BlobsUnavailableError('away'));
    const answer = await ask(id);
    const files = await archiveOf(id);
    away.mockRestore();
    expect(answer.status).toBe(503);
    expect(Object.keys(files).filter((name) => name.startsWith('recording'))).toEqual([]);
    expect(JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString())).toMatchObject({
      leftOut: [{ name: 'recording/channel-1.wav' }],
    });
    expect((await ask(id)).status).toBe(200);
  });

  it('is cut off, not made shorter, where a part was altered', async () => {
    const { id } = await created();
    await recorded(id, noise(10_500));
    for (const blob of blobsOf(id)) rmSync(join(folder, 'recordings', id, blob));
    const answer = await ask(id);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  /** Whatever senders that are gone have sent is dealt with. */
  async function recordingsIdle(): Promise<void> {
    await feeds.app.get(RecordingsService, { strict: false }).settled();
  }
});
