import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wavFile } from '@parley/audio';
import { readReplayed, resultPath } from './replayed-meeting';

const SECOND = Buffer.alloc(32_000);

// Real: files in a folder of the test's own.
describe('what is to be replayed', () => {
  let folder: string;
  const put = (name: string, content: Buffer | string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const wav = (name: string): string => put(name, wavFile(SECOND));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is one recording: one channel, nobody known on it', async () => {
    const path = wav('talk of monday.wav');
    const { title, participants, tracks } = await readReplayed([path]);
    expect([title, participants, [...tracks.keys()]]).toEqual(['talk of monday.wav', [], ['main']]);
    expect(tracks.get('main')).toHaveLength(SECOND.length);
    expect(await resultPath([path])).toBe(join(folder, 'talk of monday.replay.json'));
  });

  it('is several recordings: a channel for each, named by its file', async () => {
    const { participants } = await readReplayed([wav('laura.wav'), wav('emma k.wav')]);
    expect(participants).toEqual([
      { name: 'laura', channel: 'laura' },
      { name: 'emma-k', channel: 'emma-k' },
    ]);
  });

  it('is never two recordings on one channel', async () => {
    const paths = [wav('emma k.wav'), wav('emma_k.wav'), wav('emma-k.wav')];
    await expect(readReplayed(paths)).rejects.toThrow('Two recordings are named emma-k');
  });

  it('is a folder with a meeting.json, begun when that says', async () => {
    wav('a.wav');
    const script = {
      title: 'Review',
      startsAt: '2026-11-23T09:00:00Z',
      timeZone: 'Europe/Berlin',
      participants: [{ name: 'Ann', channel: 'ann', audio: 'a.wav' }],
    };
    put('meeting.json', JSON.stringify(script));
    expect(await readReplayed([folder])).toMatchObject({
      title: 'Review',
      startedAt: '2026-11-23T09:00:00Z',
      timeZone: 'Europe/Berlin',
      participants: [{ name: 'Ann', channel: 'ann' }],
      documents: [],
    });
    expect(await resultPath([folder])).toBe(join(folder, 'replay.json'));
  });

  it.each([
    ['none', undefined, 'There is no meeting.json'],
    ['no JSON', 'title: Review', 'it is no JSON'],
    ['something else', '{"title":"Review"}', 'participants'],
  ])('says what is wrong with a meeting.json that is %s', async (_, content, message) => {
    if (content !== undefined) put('meeting.json', content);
    await expect(readReplayed([folder])).rejects.toThrow(message);
  });

  it('is no id of a meeting: its recordings have to be named', async () => {
    await expect(readReplayed(['01900000-0000-7000-8000-000000000000'])).rejects.toThrow(
      'replayed from its recordings',
    );
  });

  it('is no file that is not there', async () => {
    await expect(readReplayed([join(folder, 'none.wav')])).rejects.toThrow('There is no file');
  });
});
