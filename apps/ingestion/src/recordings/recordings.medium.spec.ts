import { readFileSync, rmSync } from 'node:fs';
import { BYTES_PER_MS } from '@parley/audio';
import { BLOBS, BlobsUnavailableError, type Blobs } from '@parley/blobs';
import { unwrap } from '@parley/client';
import { newId } from '@parley/contracts';
import { makeContext, runInContext } from '@parley/observability';
import { DataSource } from 'typeorm';
import type { RunningFeeds } from '../testing/running-feeds';
import { noise, RunningRecordings, spoil, WAV_HEADER_BYTES } from '../testing/running-recordings';
import { until } from '../testing/until';
import { RecordingAccess } from './recording-access.service';
import { RecordingSweep } from './recording.sweep';

/** In a sealed blob. */
const KEY_ID_AT = 4;
const BEHIND_THE_HEADER = 100;

// Real: the service, its sockets, database and files. The bus is the embedded one; nobody transcribes.
describe('the audio of a meeting that keeps it', () => {
  let running: RunningRecordings;
  let feeds: RunningFeeds;
  const path = (id: string) => ({ params: { path: { id } } });
  const switchTo = (id: string, privacyMode: 'transcript' | 'off-the-record' | 'notes-only') =>
    unwrap(
      feeds.client.ingestion.PATCH('/v1/meetings/{id}', { ...path(id), body: { privacyMode } }),
    );
  const spansOf = async (id: string) =>
    (await unwrap(feeds.client.ingestion.GET('/v1/meetings/{id}/recording/spans', path(id))))
      .channels;
  const heard = async (id: string, query = '') =>
    Buffer.from(await (await running.ask(id, query)).arrayBuffer()).subarray(WAV_HEADER_BYTES);
  const rows = <Row>(text: string, values: unknown[] = []) =>
    feeds.app.get(DataSource, { strict: false }).query<Row[]>(text, values);

  beforeAll(async () => {
    running = await RunningRecordings.start();
    ({ feeds } = running);
  });

  afterAll(async () => {
    await running.stop();
  });

  it('is heard again, sample by sample, as a WAV file of any stretch', async () => {
    const { id } = await running.created();
    const pcm = noise(12_345);
    await running.recorded(id, pcm);
    expect(await spansOf(id)).toEqual([
      { channel: 'main', spans: [{ startMs: 0, endMs: 12_345 }] },
    ]);
    const whole = await running.ask(id);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    const file = Buffer.from(await whole.arrayBuffer());
    expect(whole.headers.get('content-length')).toBe(String(WAV_HEADER_BYTES + pcm.length));
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.subarray(WAV_HEADER_BYTES).equals(pcm)).toBe(true);
    const stretch = await heard(id, '?fromMs=9000&toMs=11001');
    expect(stretch.equals(pcm.subarray(9_000 * BYTES_PER_MS, 11_001 * BYTES_PER_MS))).toBe(true);
  });

  it('lies there sealed', async () => {
    const { id } = await running.created();
    const pcm = Buffer.from('the heron is blue '.repeat(2_000)).subarray(0, 32_000);
    await running.recorded(id, pcm);
    const files = running.filesOf(id);
    expect(files).toHaveLength(1);
    for (const file of files) expect(readFileSync(file).includes('heron')).toBe(false);
  });

  it('is silent where something is missing, and has every channel for itself', async () => {
    const { id } = await running.created();
    const [before, after] = [noise(500), noise(400)];
    const sender = await feeds.client.sendAudio(id);
    await running.say(sender, before);
    await switchTo(id, 'off-the-record');
    await running.say(sender, noise(300));
    await switchTo(id, 'transcript');
    await running.say(sender, after);
    await sender.stop();
    await running.recorded(id, noise(200), 'ann');
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
    expect((await running.ask(id, '?fromMs=500&toMs=800')).status).toBe(404);
  });

  it('is kept of nobody who declined', async () => {
    const { id, participants } = await running.created({
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
    await running.say(ann, noise(300));
    await ann.stop();
    await running.recorded(id, noise(100), 'bob');
    expect((await spansOf(id)).map(({ channel }) => channel)).toEqual(['bob']);
    expect(running.filesOf(id)).toHaveLength(1);
  });

  it('is not kept any more, nor heard, once only notes are kept', async () => {
    const { id } = await running.created();
    const sender = await feeds.client.sendAudio(id);
    await running.say(sender, noise(10_100));
    await until(() => running.filesOf(id).length === 1);
    await switchTo(id, 'notes-only');
    await running.say(sender, noise(10_100));
    await sender.stop();
    await running.idle();
    expect(running.filesOf(id)).toHaveLength(1);
    expect((await running.ask(id)).status).toBe(404);
    expect(await spansOf(id)).toEqual([]);
  });

  it('is promised only where it may be kept', async () => {
    const refused: object[] = [{ privacyMode: 'notes-only' }, { redactPersonalData: true }];
    for (const more of refused) {
      const { error } = await feeds.client.ingestion.POST('/v1/meetings', {
        body: { title: 'Talk', keepAudio: true, ...more },
      });
      expect(error).toMatchObject({ type: expect.stringContaining('validation-failed') as string });
    }
  });

  it.each(['?fromMs=5&toMs=5', '?fromMs=0&toMs=600001', '?fromMs=-1', '?fromMs=x', '?from=1'])(
    'is not heard with %s',
    async (query) => {
      const { id } = await running.created();
      await running.recorded(id, noise(100));
      expect((await running.ask(id, query)).status).toBe(400);
    },
  );

  it('is not there for a meeting that keeps none, a channel without any, and one that is not known', async () => {
    const { id } = await running.created({ keepAudio: false });
    const sender = await feeds.client.sendAudio(id);
    await running.say(sender, noise(100));
    await sender.stop();
    expect([(await running.ask(id)).status, (await running.ask(newId())).status]).toEqual([
      404, 404,
    ]);
    expect(running.filesOf(id)).toEqual([]);
  });

  it('is there for its own workspace alone', async () => {
    const { id } = await running.created();
    await running.recorded(id, noise(500));
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
    expect((await running.ask(id)).status).toBe(200);
  });

  it('goes with the meeting', async () => {
    const { id } = await running.created();
    await running.recorded(id, noise(10_500));
    expect(running.filesOf(id)).toHaveLength(2);
    await unwrap(feeds.client.ingestion.DELETE('/v1/meetings/{id}', path(id)));
    expect((await running.ask(id)).status).toBe(404);
    await until(() => running.filesOf(id).length === 0);
  });

  it('is taken back when its meeting is erased while it is being written', async () => {
    const { id } = await running.created();
    const sender = await feeds.client.sendAudio(id);
    await running.say(sender, noise(900));
    await unwrap(feeds.client.ingestion.DELETE('/v1/meetings/{id}', path(id)));
    await running.idle();
    expect(running.filesOf(id)).toEqual([]);
    expect(
      await rows(`SELECT 1 FROM ingestion.recording_parts WHERE meeting_id = $1`, [id]),
    ).toEqual([]);
  });

  it('can be erased alone, and then is kept no more', async () => {
    const { id } = await running.created();
    const sender = await feeds.client.sendAudio(id);
    await running.say(sender, noise(10_100));
    await until(() => running.filesOf(id).length === 1);
    const erase = await feeds.client.ingestion.DELETE('/v1/meetings/{id}/recording', path(id));
    expect(erase.response.status).toBe(204);
    await running.say(sender, noise(10_100));
    await sender.stop();
    await running.idle();
    expect(running.filesOf(id)).toEqual([]);
    const meeting = await unwrap(feeds.client.ingestion.GET('/v1/meetings/{id}', path(id)));
    expect(meeting.keepAudio).toBe(false);
  });

  it('goes when its days are over, and the meeting stays', async () => {
    const { id } = await running.created();
    await running.recorded(id, noise(100));
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 31 * 24 * 3_600_000);
    await feeds.app.get(RecordingSweep, { strict: false }).eraseOld();
    clock.mockRestore();
    expect(running.filesOf(id)).toEqual([]);
    await unwrap(feeds.client.ingestion.GET('/v1/meetings/{id}', path(id)));
  });

  it('is found again and goes, where the store was away when its days were over', async () => {
    const { id } = await running.created();
    await running.recorded(id, noise(100));
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 31 * 24 * 3_600_000);
    const store = feeds.app.get<Blobs>(BLOBS, { strict: false });
    const away = jest
      .spyOn(store, 'removeAll')
      .mockRejectedValueOnce(new BlobsUnavailableError('unreachable'));
    const sweep = feeds.app.get(RecordingSweep, { strict: false });
    await expect(sweep.eraseOld()).rejects.toThrow(BlobsUnavailableError);
    expect(running.filesOf(id)).toHaveLength(1);
    await sweep.eraseOld();
    away.mockRestore();
    clock.mockRestore();
    expect(running.filesOf(id)).toEqual([]);
    expect(
      await rows(`SELECT 1 FROM ingestion.recording_parts WHERE meeting_id = $1`, [id]),
    ).toEqual([]);
  });

  it('is not begun while its store is away', async () => {
    const { id } = await running.created();
    await running.recorded(id, noise(100));
    const store = feeds.app.get<Blobs>(BLOBS, { strict: false });
    const away = jest.spyOn(store, 'read').mockRejectedValue(new BlobsUnavailableError('away'));
    const answer = await running.ask(id);
    away.mockRestore();
    expect(answer.status).toBe(503);
    expect((await running.ask(id)).status).toBe(200);
  });

  it.each<[string, (file: string) => void]>([
    ['is missing', rmSync],
    [
      'is no sealed blob',
      (file) => {
        spoil(file, 0);
      },
    ],
    [
      'is sealed with a key that is not here',
      (file) => {
        spoil(file, KEY_ID_AT);
      },
    ],
  ])('is not begun where its first part %s', async (_, spoiled) => {
    const { id } = await running.created();
    await running.recorded(id, noise(10_500));
    spoiled(running.filesOf(id)[0] ?? '');
    const answer = await running.ask(id);
    expect([answer.status, await answer.json()]).toMatchObject([
      410,
      { detail: expect.stringContaining('does not open') as string },
    ]);
    expect((await running.ask(id, '?fromMs=10000')).status).toBe(200);
  });

  it.each<[string, (file: string) => void]>([
    [
      'was altered',
      (file) => {
        spoil(file, BEHIND_THE_HEADER);
      },
    ],
    ['is missing', rmSync],
  ])('is cut off, not made shorter, where a later part %s', async (_, spoiled) => {
    const { id } = await running.created();
    await running.recorded(id, noise(10_500));
    spoiled(running.filesOf(id)[1] ?? '');
    const answer = await running.ask(id);
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });
});
