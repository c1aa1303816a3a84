import { newId } from '@parley/contracts';
import { CAPTION_BYTES, type AudioEntry, type AudioLog, type CaptionEntry } from '../audio-log';
import { AudioForgottenError } from '../delivery/bus-errors';

const BYTES_PER_MS = 32;

/** `ms` milliseconds of samples that are valid in no text encoding. */
function audio(channel: string, startMs: number, ms = 100): AudioEntry {
  const pcm = Buffer.alloc(ms * BYTES_PER_MS);
  for (let at = 0; at < pcm.length; at += 1) pcm[at] = (at * 7 + 128) % 256;
  return { kind: 'audio', channel, startMs, pcm };
}

function caption(id: string, more: Partial<CaptionEntry> = {}): CaptionEntry {
  const said = { startMs: 0, endMs: 1_500, at: 1_700_000_000_000, speaker: null, text: 'Hello' };
  return { kind: 'caption', channel: 'captions', id, ...said, ...more };
}

/** What every audio log promises; `prepare` gives what opens one on the test's transport. */
export function audioLogContract(name: string, prepare: () => Promise<() => AudioLog>): void {
  describe(`audio log (${name})`, () => {
    let log: AudioLog;
    let meeting: string;
    const readAll = (afterId: string | null = null) =>
      log.read(meeting, afterId, { waitMs: 0, limit: 100 });

    beforeEach(async () => {
      log = (await prepare())();
      meeting = newId();
    });

    afterEach(async () => {
      await log.close();
    });

    it('gives back what was appended, in order, sample for sample', async () => {
      const entries: AudioEntry[] = [
        audio('main', 0),
        { kind: 'gap', channel: 'main', startMs: 100, endMs: 400 },
        audio('guest', 0, 20),
        { kind: 'end', channel: 'main', endMs: 400 },
      ];
      const ids: string[] = [];
      for (const entry of entries) ids.push(await log.append(meeting, entry));
      const stored = await readAll();
      expect(stored.map(({ entry }) => entry)).toEqual(entries);
      expect(stored.map(({ id }) => id)).toEqual(ids);
    });

    it('takes nothing of a meeting that was forgotten, and gives nothing back of it', async () => {
      await log.append(meeting, audio('main', 0));
      expect(await log.forget(meeting)).toBe(1);
      await expect(log.append(meeting, audio('main', 100))).rejects.toThrow(AudioForgottenError);
      expect(await readAll()).toEqual([]);
      expect(await log.receivedMs(meeting, 'main')).toBe(0);
      expect(await log.forget(meeting)).toBe(0);
    });

    it('goes on after the entry that was read last, so many at a time', async () => {
      for (const startMs of [0, 100, 200]) await log.append(meeting, audio('main', startMs));
      const first = await log.read(meeting, null, { waitMs: 0, limit: 2 });
      const rest = await log.read(meeting, first[1]?.id ?? '', { waitMs: 0, limit: 2 });
      expect([...first, ...rest].map(({ entry }) => 'startMs' in entry && entry.startMs)).toEqual([
        0, 100, 200,
      ]);
    });

    it('wakes a reader that waits as soon as an entry comes', async () => {
      const reading = log.read(meeting, null, { waitMs: 30_000, limit: 10 });
      await log.append(meeting, audio('main', 0));
      expect(await reading).toHaveLength(1);
    });

    it('lets several readers wait at the same time, each for its own meeting', async () => {
      const other = newId();
      const here = log.read(meeting, null, { waitMs: 30_000, limit: 10 });
      const there = log.read(other, null, { waitMs: 30_000, limit: 10 });
      await log.append(other, audio('other', 0));
      expect((await there)[0]?.entry.channel).toBe('other');
      await log.append(meeting, audio('main', 0));
      expect((await here)[0]?.entry.channel).toBe('main');
    });

    it('gives nothing when the time is up', async () => {
      expect(await log.read(meeting, null, { waitMs: 20, limit: 10 })).toEqual([]);
    });

    it('gives nothing when the signal fires, before or while it waits', async () => {
      const before = AbortSignal.abort();
      expect(await log.read(meeting, null, { waitMs: 30_000, limit: 1, signal: before })).toEqual(
        [],
      );
      const stopping = new AbortController();
      const { signal } = stopping;
      const reading = log.read(meeting, null, { waitMs: 30_000, limit: 1, signal });
      stopping.abort();
      expect(await reading).toEqual([]);
    });

    it('counts the audio of each channel that nobody has trimmed', async () => {
      const id = await log.append(meeting, audio('main', 0, 300));
      await log.append(meeting, { kind: 'gap', channel: 'main', startMs: 300, endMs: 9_000 });
      await log.append(meeting, audio('main', 9_000, 50));
      await log.append(meeting, audio('guest', 0, 20));
      expect(await log.heldBytes(meeting, 'main')).toBe(350 * BYTES_PER_MS);
      await log.trim(meeting, id);
      expect(await log.heldBytes(meeting, 'main')).toBe(50 * BYTES_PER_MS);
      expect(await log.heldBytes(meeting, 'guest')).toBe(20 * BYTES_PER_MS);
      expect(await log.heldBytes(meeting, 'nobody')).toBe(0);
    });

    it('tells where each channel ends, also when entries overlap and when all was trimmed', async () => {
      await log.append(meeting, audio('main', 0, 300));
      await log.append(meeting, audio('guest', 0, 20));
      await log.append(meeting, audio('main', 100, 100));
      expect(await log.receivedMs(meeting, 'main')).toBe(300);
      await log.append(meeting, { kind: 'gap', channel: 'main', startMs: 300, endMs: 9_000 });
      const last = await log.append(meeting, audio('main', 9_000, 50));
      await log.trim(meeting, last);
      expect(await log.receivedMs(meeting, 'main')).toBe(9_050);
      expect(await log.receivedMs(meeting, 'guest')).toBe(20);
      expect(await log.receivedMs(meeting, 'nobody')).toBe(0);
    });

    it('forgets what was trimmed and no more', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 150; n += 1)
        ids.push(await log.append(meeting, audio('main', n * 10, 10)));
      await log.trim(meeting, ids[139] ?? '');
      expect((await readAll()).map(({ id }) => id)).toEqual(ids.slice(140));
      expect(await log.heldBytes(meeting, 'main')).toBe(100 * BYTES_PER_MS);
      await log.trim(meeting, ids[139] ?? '');
      expect(await log.heldBytes(meeting, 'main')).toBe(100 * BYTES_PER_MS);
    });

    it('keeps its own copy of the samples', async () => {
      const entry = audio('main', 0);
      await log.append(meeting, entry);
      if (entry.kind === 'audio') entry.pcm.fill(0);
      expect((await readAll())[0]?.entry).toEqual(audio('main', 0));
    });

    it('keeps captions between the audio, in the order they came, and counts what they take as held', async () => {
      const speaker = { id: 'ann', name: 'Ann', participantId: 'ann' };
      const first = caption('1', { text: 'Grüße! 👋', speaker });
      const second = caption('2', { startMs: 400, endMs: 1_900 });
      const id = await log.append(meeting, first);
      await log.append(meeting, audio('main', 0));
      await log.append(meeting, second);
      expect((await readAll()).map(({ entry }) => entry)).toEqual([
        first,
        audio('main', 0),
        second,
      ]);
      expect(await log.heldBytes(meeting, 'captions')).toBe(13 + 5 + 2 * CAPTION_BYTES);
      expect(await log.receivedMs(meeting, 'captions')).toBe(0);
      await log.trim(meeting, id);
      expect(await log.heldBytes(meeting, 'captions')).toBe(5 + CAPTION_BYTES);
    });

    it('forgets a deleted meeting, its backlog and its end', async () => {
      await log.append(meeting, audio('main', 0));
      await log.delete(meeting);
      expect(await readAll()).toEqual([]);
      expect(await log.heldBytes(meeting, 'main')).toBe(0);
      expect(await log.receivedMs(meeting, 'main')).toBe(0);
    });
  });
}
