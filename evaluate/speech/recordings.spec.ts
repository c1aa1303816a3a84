import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { readSet, speechOf } from './recordings';
import { soundsOf } from './sounds';

describe('what is evaluated', () => {
  it('is the audio of a folder for which there is a reference', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-recordings-'));
    const put = (name: string): void => {
      copyFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav'), join(folder, name));
    };
    ['first.wav', 'second.wav', 'unknown.wav'].forEach(put);
    writeFileSync(join(folder, 'refs.tsv'), 'first.wav\tAnd so, my fellow Americans\n');
    writeFileSync(join(folder, 'second.rttm'), 'SPEAKER second 1 0.5 1.25 <NA> <NA> x <NA> <NA>\n');
    const { recordings } = await readSet(folder);
    rmSync(folder, { recursive: true });
    expect(recordings.map(({ name, said, speech }) => ({ name, said, speech }))).toEqual([
      { name: 'first', said: 'And so, my fellow Americans', speech: null },
      { name: 'second', said: null, speech: [{ startMs: 500, endMs: 1_750 }] },
    ]);
    expect(recordings[0]?.pcm.length).toBe(11 * 32_000);
  });

  it('joins the turns of people who speak at once', () => {
    const turn = (start: number, length: number): string =>
      `SPEAKER a 1 ${start} ${length} <NA> <NA> x <NA> <NA>`;
    expect(speechOf([turn(4, 1), turn(0, 2), turn(1.5, 1), 'SPKR-INFO a'].join('\n'))).toEqual([
      { startMs: 0, endMs: 2_500 },
      { startMs: 4_000, endMs: 5_000 },
    ]);
  });

  it('has sounds of the same length, none of them too loud, the same each time', () => {
    const sounds = soundsOf(4);
    expect(sounds).toEqual(soundsOf(4));
    for (const { name, pcm } of sounds) {
      expect(pcm.length).toBe(4 * 32_000);
      const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2);
      const clipped = samples.filter((sample) => Math.abs(sample) >= 32_767).length;
      expect({ name, clipped }).toEqual({ name, clipped: 0 });
      expect(samples.some((sample) => sample !== 0)).toBe(name !== 'silence');
    }
  });
});
