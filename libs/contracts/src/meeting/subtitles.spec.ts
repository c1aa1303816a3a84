import { toSrt, toVtt } from './subtitles';

const cues = [
  { startMs: 0, endMs: 1_234.4, text: 'Ship it <now> & tell\n\n--> everyone' },
  { startMs: 3_599_999.6, endMs: 36_000_000, text: 'Done.' },
];

describe('subtitles', () => {
  it('are SubRip', () => {
    expect(toSrt(cues)).toBe(
      '1\n00:00:00,000 --> 00:00:01,234\nShip it <now> & tell --> everyone\n\n' +
        '2\n01:00:00,000 --> 10:00:00,000\nDone.\n',
    );
  });

  it('are WebVTT, in which no text can end a cue or begin a tag', () => {
    expect(toVtt(cues)).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.234\nShip it &lt;now&gt; &amp; tell --&gt; everyone\n\n' +
        '01:00:00.000 --> 10:00:00.000\nDone.\n',
    );
  });

  it('say who speaks, and what players need not show', () => {
    const spoken = [{ startMs: 0, endMs: 1_000, text: 'Yes.', speaker: 'Ann <b>\n\nLee' }];
    expect(toSrt(spoken)).toBe('1\n00:00:00,000 --> 00:00:01,000\nAnn <b> Lee: Yes.\n');
    expect(toVtt(spoken, ['All of it\n\n--> heard'])).toBe(
      'WEBVTT\n\nNOTE All of it --&gt; heard\n\n' +
        '00:00:00.000 --> 00:00:01.000\n<v Ann &lt;b&gt; Lee>Yes.\n',
    );
  });

  it('are only a head where nobody spoke', () => {
    expect([toSrt([]), toVtt([])]).toEqual(['', 'WEBVTT\n']);
  });
});
