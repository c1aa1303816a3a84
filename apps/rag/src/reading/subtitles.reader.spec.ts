import { toSrt, toVtt } from '@parley/contracts';
import { readSubtitles } from './subtitles.reader';

const texts = (text: string): string[] => readSubtitles(text).blocks.map((block) => block.text);
const cues = [
  { startMs: 0, endMs: 1_000, text: 'The door <code> is', speaker: 'Ana' },
  { startMs: 1_000, endMs: 2_000, text: 'changed on Monday.', speaker: 'Ana' },
  { startMs: 2_000, endMs: 3_000, text: 'Why?', speaker: 'Ben' },
];

describe('readSubtitles', () => {
  it('reads what our own export wrote as WebVTT', () => {
    expect(texts(toVtt(cues, ['made by Parley']))).toEqual([
      'Ana: The door <code> is changed on Monday.',
      'Ben: Why?',
    ]);
  });

  it('reads SubRip, with speakers in front of the text', () => {
    const spoken = cues.map((cue) => ({ ...cue, text: cue.text.replace('<code> ', '') }));
    expect(texts(toSrt(spoken))).toEqual(['Ana: The door is changed on Monday.', 'Ben: Why?']);
  });

  it('leaves out styles, notes, identifiers, times and marks', () => {
    const vtt =
      'WEBVTT\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nNOTE not this\r\n\r\nintro\r\n00:01.000 --> 00:02.000 align:start\r\n<i>All</i> <00:01.500>of it.';
    expect(texts(vtt)).toEqual(['All of it.']);
  });

  it('lets two people speak in one cue', () => {
    const vtt = 'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ana>Yes.\n<v Ben>No.';
    expect(texts(vtt)).toEqual(['Ana: Yes.', 'Ben: No.']);
  });

  it('ends a paragraph when one person has spoken for long', () => {
    const cue = `00:00.000 --> 00:02.000\n<v Ana>${'word '.repeat(60)}`;
    expect(texts(`WEBVTT\n\n${Array.from({ length: 4 }, () => cue).join('\n\n')}`)).toHaveLength(2);
  });

  it('finds nothing where nothing is said', () => {
    expect(texts('WEBVTT\n\nNOTE empty')).toEqual([]);
  });
});
