import { rmSync } from 'node:fs';
import { BYTES_PER_MS } from '@parley/audio';
import { BLOBS, BlobsUnavailableError, type Blobs } from '@parley/blobs';
import { unwrap } from '@parley/client';
import { newId } from '@parley/contracts';
import { unzipSync } from 'fflate';
import { DataSource } from 'typeorm';
import { noise, RunningRecordings, spoil, WAV_HEADER_BYTES } from '../testing/running-recordings';
import type { LeftOut } from './zip-stream';

/** In a sealed blob, of a part: 2,048 ms are in each chunk. */
const SECOND_CHUNK = 70_000;

type Files = Record<string, Uint8Array>;

// Real: the service, its sockets, database and files. The bus is the embedded one; nobody transcribes.
describe('the audio of a meeting, in archives', () => {
  let running: RunningRecordings;

  beforeAll(async () => {
    running = await RunningRecordings.start();
  });

  afterAll(async () => {
    await running.stop();
  });

  const unzipped = async (answer: Response): Promise<Files> =>
    unzipSync(new Uint8Array(await answer.arrayBuffer()));

  const archiveOf = async (id: string): Promise<Files> =>
    unzipped(await fetch(`${running.feeds.url}/v1/meetings/${id}/export?format=zip`));

  const archiveOfPerson = async (email: string): Promise<Files> =>
    unzipped(
      await fetch(`${running.feeds.url}/v1/participants/export`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email }),
      }),
    );

  const audioIn = (files: Files): string[] =>
    Object.keys(files).filter((name) => name.endsWith('.wav'));

  const jsonIn = (files: Files, name: string): unknown =>
    JSON.parse(Buffer.from(files[name] ?? []).toString());

  /** What the manifest says of audio that is left out. */
  const audioLeftOut = (files: Files): LeftOut[] => {
    const { leftOut } = jsonIn(files, 'manifest.json') as { leftOut: LeftOut[] };
    return leftOut.filter(({ name }) => name.endsWith('.wav'));
  };

  const samplesOf = (wav: Uint8Array | undefined): Buffer =>
    Buffer.from(wav ?? []).subarray(WAV_HEADER_BYTES);

  it('is in that of the meeting, a file for each channel', async () => {
    const { id } = await running.created();
    const pcm = noise(700);
    await running.recorded(id, pcm, 'ann');
    const files = await archiveOf(id);
    expect(samplesOf(files['recording/channel-1.wav']).equals(pcm)).toBe(true);
    expect(jsonIn(files, 'recording.json')).toEqual([
      { channel: 'ann', file: 'recording/channel-1.wav', kept: [{ startMs: 0, endMs: 700 }] },
    ]);
  });

  it('goes to the person it is of, where a channel is theirs alone', async () => {
    const email = 'ann@example.com';
    const participants = [{ name: 'Ann', email, channel: 'ann' }, { name: 'Ben' }];
    const { id } = await running.created({ participants });
    const [own, shared] = [noise(100), noise(100)];
    await running.recorded(id, own, 'ann');
    await running.recorded(id, shared, 'room');
    const files = await archiveOfPerson(email);
    const names = audioIn(files);
    expect(names).toEqual([expect.stringContaining(`${id}/channel-1.wav`)]);
    expect(samplesOf(files[names[0] ?? '']).equals(own)).toBe(true);
  });

  it('is left out of what a person gets, and named there, where the archive has no room for it', async () => {
    const email = 'long@example.com';
    const participants = [{ name: 'Lou', email, channel: 'lou' }, { name: 'Ben' }];
    const { id } = await running.created({ participants });
    await running.recorded(id, noise(100), 'lou');
    await running.feeds.app.get(DataSource, { strict: false }).query(
      `INSERT INTO ingestion.recording_parts (id, meeting_id, channel, start_ms, end_ms, key_id)
       VALUES ($1, $2, 'lou', 117000000, 118000000, 'k')`,
      [newId(), id],
    );
    const files = await archiveOfPerson(email);
    expect(audioIn(files)).toEqual([]);
    expect(audioLeftOut(files)).toEqual([
      {
        name: expect.stringContaining(`${id}/channel-1.wav`) as string,
        because: expect.stringContaining('too large') as string,
      },
    ]);
  });

  it('is in none any more once only notes are kept', async () => {
    const { id, email } = await ofNoa('notes@example.com');
    expect([await archiveOf(id), await archiveOfPerson(email)].flatMap(audioIn)).toHaveLength(2);
    await unwrap(
      running.ingestion.PATCH('/v1/meetings/{id}', {
        params: { path: { id } },
        body: { privacyMode: 'notes-only' },
      }),
    );
    expect([await archiveOf(id), await archiveOfPerson(email)].flatMap(audioIn)).toEqual([]);
  });

  it('is left out of both, and named there, while its store is away', async () => {
    const { id, email } = await ofNoa('away@example.com');
    const store = running.feeds.app.get<Blobs>(BLOBS, { strict: false });
    const away = jest.spyOn(store, 'read').mockRejectedValue(new BlobsUnavailableError('away'));
    const archives = [await archiveOf(id), await archiveOfPerson(email)];
    away.mockRestore();
    expect(archives.flatMap(audioIn)).toEqual([]);
    expect(archives[0]?.['recording.json']).toBeUndefined();
    expect(archives.flatMap(audioLeftOut)).toEqual([
      { name: 'recording/channel-1.wav', because: 'the store of audio cannot be reached' },
      {
        name: expect.stringContaining(`${id}/channel-1.wav`) as string,
        because: 'the store of audio cannot be reached',
      },
    ]);
  });

  it.each<[string, (file: string) => void]>([
    ['is missing', rmSync],
    [
      'does not open',
      (file) => {
        spoil(file, 0);
      },
    ],
  ])('is left out of both, and named there, where its first part %s', async (what, spoiled) => {
    const { id, email } = await ofNoa(`${what.replaceAll(' ', '-')}@example.com`);
    for (const file of running.filesOf(id)) spoiled(file);
    const archives = [await archiveOf(id), await archiveOfPerson(email)];
    expect(archives.flatMap(audioIn)).toEqual([]);
    expect(archives.flatMap(audioLeftOut).map(({ because }) => because)).toEqual([
      expect.stringContaining('does not open'),
      expect.stringContaining('does not open'),
    ]);
  });

  it.each<[string, number, (file: string) => void]>([
    ['is missing', 10_000, rmSync],
    [
      'was altered in its second half',
      12_048,
      (file) => {
        spoil(file, SECOND_CHUNK);
      },
    ],
  ])('is silent, and that is named, where a later part %s', async (_, fromMs, spoiled) => {
    const email = `later-${fromMs}@example.com`;
    const { id } = await running.created({
      participants: [{ name: 'Noa', email, channel: 'main' }, { name: 'Ben' }],
    });
    const pcm = noise(14_000);
    await running.recorded(id, pcm);
    spoiled(running.filesOf(id)[1] ?? '');
    const archives = [await archiveOf(id), await archiveOfPerson(email)];
    const left = pcm.subarray(0, fromMs * BYTES_PER_MS);
    const expected = Buffer.concat([left, Buffer.alloc(pcm.length - left.length)]);
    for (const files of archives) {
      expect(samplesOf(files[audioIn(files)[0] ?? '']).equals(expected)).toBe(true);
      expect(audioLeftOut(files).map(({ because }) => because)).toEqual([
        expect.stringContaining(`silent from ${fromMs} to 14000 ms`),
      ]);
    }
  });

  /** A meeting in which Noa, who alone is on the channel, says something. */
  async function ofNoa(email: string): Promise<{ id: string; email: string }> {
    const participants = [{ name: 'Noa', email, channel: 'main' }, { name: 'Ben' }];
    const { id } = await running.created({ participants });
    await running.recorded(id, noise(200));
    return { id, email };
  }
});
