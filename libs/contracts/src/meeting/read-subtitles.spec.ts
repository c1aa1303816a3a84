import { readSubtitles } from './read-subtitles';
import { toSrt, toVtt } from './subtitles';

const cues = [
  { startMs: 0, endMs: 1_234, text: 'The door <code> is', speaker: 'Ana & Co' },
  { startMs: 3_599_999, endMs: 36_000_000, text: 'Why?' },
];
const TIME = '00:00.500 --> 01:02.000';
const times = { startMs: 500, endMs: 62_000 };
const said = (vtt: string) =>
  readSubtitles(vtt).map(({ speaker, text }) => [speaker ?? null, text] as const);

describe('readSubtitles', () => {
  it('reads back what was written as WebVTT', () => {
    expect(readSubtitles(toVtt(cues, ['made by Parley']))).toEqual(cues);
  });

  it('reads back what was written as SubRip, where nothing in it looks like markup', () => {
    const plain = cues.map((cue) => ({ ...cue, text: 'Why?', speaker: 'Ana Lee' }));
    expect(readSubtitles(toSrt(plain))).toEqual(plain);
  });

  it('gives each of those who speak in one cue a cue of their own', () => {
    expect(
      readSubtitles(
        `WEBVTT\r\n\r\nboth\r\n${TIME} line:0\r\n<v Ana>Yes.\r\nSure.\r\n<v.loud Ben>No.`,
      ),
    ).toEqual([
      { ...times, speaker: 'Ana', text: 'Yes. Sure.' },
      { ...times, speaker: 'Ben', text: 'No.' },
    ]);
  });

  it('never takes the words of one for those of another, on one line or within other marks', () => {
    expect(said(`${TIME}\n<v Ann>Yes.</v> <v Ben>My secret.</v>`)).toEqual([
      ['Ann', 'Yes.'],
      ['Ben', 'My secret.'],
    ]);
    expect(said(`${TIME}\n<v Ann>Yes.\n<i><v Ben>My secret.</i>\n<c.x><v\tCy>Mine.`)).toEqual([
      ['Ann', 'Yes.'],
      ['Ben', 'My secret.'],
      ['Cy', 'Mine.'],
    ]);
    expect(said(`${TIME}\n<v Ann>Yes.\n<v  >Who?\n<v Ben Who is that`)).toEqual([
      ['Ann', 'Yes.'],
      [null, 'Who?'],
      [null, '<v Ben Who is that'],
    ]);
  });

  it('takes for a name only what can be one, and only where no voices are marked', () => {
    const srt = (text: string) => said(`1\n00:00:01,000 --> 00:00:02,000\n${text}`)[0];
    expect(srt('Ann Lee: Hello.')).toEqual(['Ann Lee', 'Hello.']);
    expect(srt("Dr. O'Neil (Sales): Hello.")).toEqual(["Dr. O'Neil (Sales)", 'Hello.']);
    expect(srt('Anna van der Berg: Hello.')).toEqual(['Anna van der Berg', 'Hello.']);
    expect(srt('SPEAKER_00: Hello.')).toEqual(['SPEAKER_00', 'Hello.']);
    expect(srt('Speaker 1: Hello.')).toEqual(['Speaker 1', 'Hello.']);
    for (const text of [
      'My number is 415 555 0132: call me.',
      'Ann@example.org: that is me.',
      'The thing is: we ship.',
      'What we will do in the end is this: we ship.',
      '10:30 is fine.',
      'Ratio 3:1',
    ]) {
      expect(srt(text)).toEqual([null, text]);
    }
    expect(said(`${TIME}\n<v Ann>Well: no.\n\n${TIME}\nThing: yes.`)).toEqual([
      ['Ann', 'Well: no.'],
      [null, 'Thing: yes.'],
    ]);
  });

  it('ends a cue where the next begins, whatever is between them', () => {
    const second = '00:00:03,000 --> 00:00:04,000\nTwo.';
    for (const between of ['\n\n', '\n \n', '\n\t\n\n', '\n']) {
      const srt = `1\n00:00:01,000 --> 00:00:02,000\nOne.${between}2\n${second}`;
      expect(said(srt)).toEqual([
        [null, 'One.'],
        [null, 'Two.'],
      ]);
    }
    expect(said('00:01.000 --> 00:02.000\n7\n\n00:03.000 --> 00:04.000\n8')).toEqual([
      [null, '7'],
      [null, '8'],
    ]);
  });

  it('knows the marks of HTML, and no others', () => {
    expect(said(`${TIME}\na &amp; b &constructor; &toString; &lt;c&gt;`)).toEqual([
      [null, 'a & b &constructor; &toString; <c>'],
    ]);
  });

  it.each(['', 'WEBVTT', 'WEBVTT\n\nNOTE empty', 'Just a letter.', '00:01.000 --> 00:02.000\n\n'])(
    'finds nothing in %j',
    (text) => {
      expect(readSubtitles(text)).toEqual([]);
    },
  );

  it.each([
    ['a line of names', 'a: '.repeat(140_000)],
    ['a line that begins like names', 'A '.repeat(200_000)],
    ['a line of marks', '<'.repeat(400_000)],
    ['a line of voices without an end', '<v '.repeat(130_000)],
    ['a voice of blanks', `<v${' '.repeat(400_000)}x`],
    ['a line of digits', '1'.repeat(400_000)],
    ['a line of signs', '&'.repeat(400_000)],
    ['empty lines', '\n'.repeat(400_000)],
    ['a time of blanks', `00:01.000${' '.repeat(400_000)}-`],
  ])('is done with %s of 400 kB as soon as with one of words', (_what, text) => {
    const spentOn = (subtitles: string): number => {
      const before = process.cpuUsage();
      readSubtitles(`00:01.000 --> 00:02.000\n${subtitles}`);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    const words = spentOn('word '.repeat(80_000));
    // What grows with the square of it would take a thousand times as long.
    expect(spentOn(text)).toBeLessThan(100 * words + 1_000);
  });
});
