import { readSubtitles } from './read-subtitles';
import { toSrt, toVtt } from './subtitles';

const cues = [
  { startMs: 0, endMs: 1_234, text: 'The door <code> is', speaker: 'Ana & Co' },
  { startMs: 3_599_999, endMs: 36_000_000, text: 'Why?' },
];

describe('readSubtitles', () => {
  it('reads back what was written as WebVTT', () => {
    expect(readSubtitles(toVtt(cues, ['made by Parley']))).toEqual(cues);
  });

  it('reads back what was written as SubRip, where nothing in it looks like markup', () => {
    const plain = cues.map((cue) => ({ ...cue, text: cue.text.replace('<code> ', '') }));
    expect(readSubtitles(toSrt(plain))).toEqual(plain);
  });

  it('gives each of those who speak in one cue a cue of their own', () => {
    const times = { startMs: 500, endMs: 62_000 };
    expect(
      readSubtitles(
        'WEBVTT\r\n\r\nboth\r\n00:00.500 --> 01:02.000 line:0\r\n<v Ana>Yes.\r\nSure.\r\n<v.loud Ben>No.',
      ),
    ).toEqual([
      { ...times, speaker: 'Ana', text: 'Yes. Sure.' },
      { ...times, speaker: 'Ben', text: 'No.' },
    ]);
  });

  it.each(['', 'WEBVTT', 'WEBVTT\n\nNOTE empty', 'Just a letter.', '00:01.000 --> 00:02.000\n\n'])(
    'finds nothing in %j',
    (text) => {
      expect(readSubtitles(text)).toEqual([]);
    },
  );

  it('takes no longer for a file of one line of 4 MB', () => {
    for (const text of ['a: '.repeat(1_400_000), '<'.repeat(4_000_000), '1'.repeat(4_000_000)]) {
      expect(readSubtitles(`00:01.000 --> 00:02.000\n${text}`)).toHaveLength(1);
      expect(readSubtitles(text)).toEqual([]);
    }
  });
});
