import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '@parley/client';
import { ProblemError } from '@parley/contracts';
import { Erasure, Reduction } from '@parley/privacy';
import { unzipSync } from 'fflate';
import { DataSource } from 'typeorm';
import { ErasureSweep } from '../erasures/erasure.sweep';
import { RetentionService } from '../erasures/retention.service';
import { RunningFeeds } from '../testing/running-feeds';
import { RecordingsService } from './recordings.service';

const DAY_MS = 24 * 3_600_000;

// Real: the service, its sockets, database and files. The bus is the embedded one.
describe('audio of which no setting says any more where it is', () => {
  const before = { ...process.env };
  let folder: string;
  let feeds: RunningFeeds;
  const meeting = (id: string) =>
    feeds.client.ingestion.GET('/v1/meetings/{id}', { params: { path: { id } } });
  const blobsOf = (id: string) => {
    const at = join(folder, 'recordings', id);
    return existsSync(at) ? readdirSync(at).length : 0;
  };
  const partsOf = async (id: string) => {
    const rows = feeds.app.get(DataSource, { strict: false });
    const text = `SELECT 1 FROM ingestion.recording_parts WHERE meeting_id = $1`;
    return (await rows.query<unknown[]>(text, [id])).length;
  };
  const erasures = async () => (await unwrap(feeds.client.ingestion.GET('/v1/erasures'))).items;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-out-of-reach-'));
    feeds = await RunningFeeds.start({
      RETENTION_DAYS: '30',
      RECORDING_RETENTION_DAYS: '0',
      BLOBS_KEY: randomBytes(32).toString('base64'),
    });
  });

  beforeEach(() => withPlace());

  afterAll(async () => {
    await feeds.stop();
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
  });

  async function withPlace(): Promise<void> {
    process.env.BLOBS_DIR = folder;
    await feeds.replace();
  }

  async function withoutPlace(): Promise<void> {
    delete process.env.BLOBS_DIR;
    await feeds.replace();
  }

  async function recorded(): Promise<string> {
    const body = { title: 'Talk', keepAudio: true };
    const { id } = await unwrap(feeds.client.ingestion.POST('/v1/meetings', { body }));
    const sender = await feeds.client.sendAudio(id);
    await sender.send(randomBytes(32_000));
    await sender.stop();
    await feeds.app.get(RecordingsService, { strict: false }).settled();
    expect(blobsOf(id)).toBe(1);
    return id;
  }

  async function retentionLater(): Promise<void> {
    // The sweep of the start would hold the rows that it takes by this clock, and another passes over rows that are held.
    await feeds.app.get(ErasureSweep, { strict: false }).beforeApplicationShutdown();
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 31 * DAY_MS);
    await feeds.app.get(RetentionService, { strict: false }).eraseOld();
    clock.mockRestore();
  }

  it('keeps its meeting, and no receipt says that it is gone, until it can be reached again', async () => {
    const id = await recorded();
    await withoutPlace();
    const silent = await feeds.newMeeting();
    await retentionLater();
    expect([(await meeting(id)).response.status, (await meeting(silent)).response.status]).toEqual([
      200, 404,
    ]);
    expect((await erasures()).map(({ receipt }) => receipt.meetingId)).not.toContain(id);
    await withPlace();
    await retentionLater();
    expect((await meeting(id)).response.status).toBe(404);
    await feeds.app.get(RecordingsService, { strict: false }).forget(id);
    expect([blobsOf(id), await partsOf(id)]).toEqual([0, 0]);
  });

  it('is not signed for as gone when its place is taken away while an erasure is under way', async () => {
    const id = await recorded();
    const run = jest.spyOn(feeds.app.get(Erasure, { strict: false }), 'run');
    run.mockRejectedValue(new Error('killed'));
    await unwrap(feeds.client.ingestion.DELETE('/v1/meetings/{id}', { params: { path: { id } } }));
    await withoutPlace();
    const again = feeds.app.get(Erasure, { strict: false }).run(id, 'default');
    await expect(again).rejects.toThrow(ProblemError);
    expect([blobsOf(id), await partsOf(id)]).toEqual([1, 1]);
    await withPlace();
    await feeds.app.get(Erasure, { strict: false }).run(id, 'default');
    expect([blobsOf(id), await partsOf(id)]).toEqual([0, 0]);
  });

  it('is not erased, either, where it was uploaded and waits to be heard', async () => {
    const { id } = await unwrap(
      feeds.client.ingestion.POST('/v1/meetings', { body: { title: 'Talk' } }),
    );
    // Two minutes, of which a channel takes half a minute: the rest waits for a reader.
    const file = readFileSync(join(__dirname, '../../../standalone/sample/laura.ogg'));
    await feeds.client.uploadRecording(id, new Blob([new Uint8Array(file)]), 'talk.ogg');
    expect(blobsOf(id)).toBe(1);
    await withoutPlace();
    await retentionLater();
    expect((await meeting(id)).response.status).toBe(200);
    const refused = await feeds.client.ingestion.DELETE('/v1/meetings/{id}', {
      params: { path: { id } },
    });
    expect(refused.response.status).toBe(503);
    await withPlace();
    await feeds.client.ingestion.DELETE('/v1/meetings/{id}', { params: { path: { id } } });
    await feeds.app.get(RecordingsService, { strict: false }).forget(id);
    const rows = feeds.app.get(DataSource, { strict: false });
    expect([
      blobsOf(id),
      await rows.query(`SELECT 1 FROM ingestion.uploads WHERE meeting_id = $1`, [id]),
    ]).toEqual([0, []]);
  });

  it('is answered as such, not begun and then cut off', async () => {
    const id = await recorded();
    await withoutPlace();
    const answer = await fetch(`${feeds.url}/v1/meetings/${id}/recording`);
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { detail: expect.stringContaining('BLOBS_DIR') as string },
    ]);
    const archive = await fetch(`${feeds.url}/v1/meetings/${id}/export?format=zip`);
    const { 'manifest.json': manifest } = unzipSync(new Uint8Array(await archive.arrayBuffer()));
    expect(JSON.parse(Buffer.from(manifest ?? []).toString())).toMatchObject({
      leftOut: [{ name: 'recording/channel-1.wav' }],
    });
  });

  it.each([
    ['an erasure', Erasure],
    ['taking the words out', Reduction],
  ])('fails %s, whose event comes again, and keeps its rows', async (_, work) => {
    const id = await recorded();
    await withoutPlace();
    const run = feeds.app.get<Erasure | Reduction>(work, { strict: false }).run(id, 'default');
    await expect(run).rejects.toThrow(ProblemError);
    expect([blobsOf(id), await partsOf(id)]).toEqual([1, 1]);
  });
});
