import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loudness, pcmToSamples } from '../pcm/pcm';
import { decodeAudio } from './decode-audio';

// Real: the decoders, each in its worker thread.
const fixture = (name: string): string => join(__dirname, '../fixtures', name);

describe('decodeAudio of compressed recordings', () => {
  it.each(['speech.mp3', 'speech.ogg', 'speech.m4a', 'speech.webm'])(
    'decodes %s to 16 kHz mono',
    async (name) => {
      const { pcm, durationMs } = await decodeAudio(fixture(name));
      expect(Math.abs(durationMs - 3_200)).toBeLessThan(60);
      // Speech, in the right places: loud where it is spoken, quiet in the last pause.
      const samples = pcmToSamples(pcm);
      const level = (from: number, to: number): number =>
        loudness(samples.subarray(from * 16, to * 16));
      expect(level(500, 2_000)).toBeGreaterThan(4 * level(2_600, 2_900));
    },
  );

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
