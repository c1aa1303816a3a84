import { join } from 'node:path';
import { decodeAudio, loudness, pcmToSamples, SAMPLES_PER_MS } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';
import { twoPitches } from './two-pitches';

// Real: voices. Ann and Ben are people of a recorded conversation, each alone in the stretch that is taken.
describe('two people at once', () => {
  let ann: Float32Array;
  let ben: Float32Array;

  beforeAll(async () => {
    const path = join(PROJECT_ROOT, 'test/fixtures/conversation.wav');
    const samples = pcmToSamples((await decodeAudio(path)).pcm);
    ann = samples.slice(11_100 * SAMPLES_PER_MS, 14_400 * SAMPLES_PER_MS);
    ben = samples.slice(23_000 * SAMPLES_PER_MS, 26_300 * SAMPLES_PER_MS);
  });

  /** Ann, and Ben from `atMs` on, as loud as she. */
  function together(atMs: number): Float32Array {
    const share = loudness(ann) / loudness(ben);
    return ann.map((value, at) => {
      const later = at - atMs * SAMPLES_PER_MS;
      return value + share * (later < 0 ? 0 : (ben[later] ?? 0));
    });
  }

  it('are noticed where they are, give or take half a second', async () => {
    const spans = await twoPitches(together(1_500));
    expect(spans.length).toBeGreaterThan(0);
    for (const { startMs, endMs } of spans) {
      expect(startMs).toBeGreaterThan(1_000);
      expect(endMs).toBeLessThanOrEqual(3_300);
      expect(endMs).toBeGreaterThan(startMs);
    }
  });

  it('are not found in one, in noise, in a hum, or in nothing', async () => {
    expect(await twoPitches(ann)).toEqual([]);
    expect(await twoPitches(ben)).toEqual([]);
    expect(await twoPitches(new Float32Array(16_000))).toEqual([]);
    expect(await twoPitches(new Float32Array())).toEqual([]);
    const hum = Float32Array.from({ length: 32_000 }, (_, at) => Math.sin(at / 20) / 3);
    expect(await twoPitches(hum)).toEqual([]);
    let seed = 1;
    const noise = Float32Array.from({ length: 32_000 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648 - 0.5;
    });
    expect(await twoPitches(noise)).toEqual([]);
  });

  it.each([100, 1_000, 60_000])('are looked for in %i ms of samples', async (ms) => {
    await expect(twoPitches(new Float32Array(ms * SAMPLES_PER_MS))).resolves.toEqual([]);
  });
});
