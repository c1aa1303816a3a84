import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { loudness, pcmToSamples } from '../pcm/pcm';
import { decodeAudio } from './decode-audio';

// Real: the decoders, each in its worker thread.
const fixture = (name: string): string => join(__dirname, '../fixtures', name);

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

describe('decodeAudio of compressed recordings', () => {
  it.each(['speech.mp3', 'speech.ogg', 'speech.webm', ...(hasFfmpeg ? ['speech.m4a'] : [])])(
    'decodes %s to 16 kHz mono',
    async (name) => {
      const { pcm, durationMs } = await decodeAudio(fixture(name));
      // MP3 keeps its encoder's delay and padding.
      expect(Math.abs(durationMs - 3_200)).toBeLessThan(60);
      // Speech, in the right places: loud where it is spoken, quiet in the last pause.
      const samples = pcmToSamples(pcm);
      const level = (from: number, to: number): number =>
        loudness(samples.subarray(from * 16, to * 16));
      expect(level(500, 2_000)).toBeGreaterThan(4 * level(2_600, 2_900));
    },
  );

  it('says what AAC needs where there is no ffmpeg', async () => {
    const { PATH } = process.env;
    process.env.PATH = '/nowhere';
    try {
      await expect(decodeAudio(fixture('speech.m4a'))).rejects.toMatchObject({
        code: 'unsupported-audio',
        detail: expect.stringContaining('needs ffmpeg') as string,
      });
    } finally {
      process.env.PATH = PATH;
    }
  });

  if (hasFfmpeg) {
    it('leaves no file behind when it is given up while ffmpeg decodes', async () => {
      const folder = mkdtempSync(join(os.tmpdir(), 'parley-abort-'));
      jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
      const watcher = watch(folder);
      try {
        const controller = new AbortController();
        const decoding = decodeAudio(readFileSync(fixture('speech.m4a')), controller);
        const refused = expect(decoding).rejects.toThrow('aborted');
        await once(watcher, 'change');
        controller.abort();
        await refused;
        expect(readdirSync(folder)).toEqual([]);
      } finally {
        watcher.close();
        jest.restoreAllMocks();
        rmSync(folder, { recursive: true });
      }
    });
  }

  it('takes bytes as well as a path', async () => {
    const { durationMs } = await decodeAudio(readFileSync(fixture('speech.ogg')));
    expect(durationMs).toBeGreaterThan(3_000);
  });

  it.each([
    ['a video without audio', readFileSync(fixture('video-only.mp4')), 'no audio'],
    ['text', Buffer.from('This is no recording. '.repeat(50)), 'no recording that can be read'],
    ['a recording cut short', readFileSync(fixture('speech.m4a')).subarray(0, 900), ''],
  ])('refuses %s with a sentence', async (_what, file, sentence) => {
    await expect(decodeAudio(file)).rejects.toMatchObject({
      code: 'unsupported-audio',
      detail: expect.stringContaining(sentence) as string,
    });
  });
});
