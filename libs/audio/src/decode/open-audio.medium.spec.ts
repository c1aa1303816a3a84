import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BYTES_PER_MS } from '../pcm/pcm';
import { decodeAudio } from './decode-audio';
import { openAudio } from './open-audio';

// Real: the decoders, each in its worker thread.
const fixture = (name: string): Buffer => readFileSync(join(__dirname, '../fixtures', name));

describe('openAudio', () => {
  it.each(['speech.mp3', 'speech.ogg', 'speech.webm', 'speech.m4a'])(
    'says of %s how long it is before it is decoded, and then gives whole milliseconds',
    async (name) => {
      const { statedMs, pieces } = await openAudio(fixture(name));
      expect(Math.abs((statedMs ?? 0) - 3_200)).toBeLessThan(120);
      const parts: Buffer[] = [];
      for await (const piece of pieces) {
        expect(piece.length % BYTES_PER_MS).toBe(0);
        parts.push(piece);
      }
      const { pcm } = await decodeAudio(fixture(name));
      expect(Buffer.concat(parts).equals(pcm)).toBe(true);
    },
  );

  it('gives the same samples each time, so that who broke off finds its place again', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => decodeAudio(fixture('speech.ogg'))));
    expect(first?.pcm.equals(second?.pcm ?? Buffer.alloc(0))).toBe(true);
  });

  it('keeps no file that others could read while it decodes, nor anything of what is given up', async () => {
    const folder = mkdtempSync(join(os.tmpdir(), 'parley-open-'));
    jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
    const watcher = watch(folder);
    try {
      const { pieces, close } = await openAudio(fixture('speech.m4a'));
      const written = once(watcher, 'change');
      const first = await pieces.next();
      await written;
      // What is still to come is read from a file that has no name any more.
      expect([first.done, readdirSync(folder)]).toEqual([false, []]);
      await close();
      expect(await pieces.next()).toEqual({ done: true, value: undefined });
    } finally {
      watcher.close();
      jest.restoreAllMocks();
      rmSync(folder, { recursive: true });
    }
  });

  it('ends the thread of what nobody asked for anything, once it is closed', async () => {
    const ended = jest.spyOn(Worker.prototype, 'terminate');
    try {
      const { close } = await openAudio(fixture('speech.ogg'));
      expect(ended).not.toHaveBeenCalled();
      await close();
      expect(ended).toHaveBeenCalledTimes(1);
    } finally {
      ended.mockRestore();
    }
  });

  it('ends with its reason when nobody wants it any more', async () => {
    const controller = new AbortController();
    const { pieces } = await openAudio(fixture('speech.mp3'), controller);
    controller.abort(new Error('nobody listens'));
    await expect(pieces.next()).rejects.toThrow('nobody listens');
  });

  it('refuses what is longer than may be, before it decodes any of it', async () => {
    await expect(openAudio(fixture('speech.ogg'), { longestMs: 1_000 })).rejects.toMatchObject({
      code: 'unsupported-audio',
      detail: expect.stringContaining('is longer than') as string,
    });
  });
});
