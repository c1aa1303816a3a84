import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
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

  it('leaves neither file nor process behind of what is given up in the middle', async () => {
    const folder = mkdtempSync(join(os.tmpdir(), 'parley-open-'));
    jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
    try {
      const { pieces } = await openAudio(fixture('speech.m4a'));
      await pieces.next();
      expect(readdirSync(folder)).toHaveLength(1);
      await pieces.return();
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      jest.restoreAllMocks();
      rmSync(folder, { recursive: true });
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
