import { compareResults } from './compare-results';
import type { ReplayLine, ReplayResult } from './replay-result';

const spoken = (startMs: number, text: string, over: Partial<ReplayLine> = {}): ReplayLine => ({
  channel: 'laura',
  speaker: 'Laura',
  startMs,
  endMs: startMs + 2_000,
  text,
  insight: { intent: 'statement', sentiment: 'neutral', entities: [], topics: [] },
  ...over,
});

const task = (text: string, over: Partial<ReplayResult['suggestions'][number]> = {}) => ({
  kind: 'task',
  text,
  arguments: [`title = ${text}`],
  citations: [`laura: ${text}`],
  ...over,
});

const decision = (text: string, over: Partial<ReplayResult['summary'][number]> = {}) => ({
  section: 'decisions',
  text,
  owner: null,
  dueDate: null,
  citations: [`laura: ${text}`],
  ...over,
});

const result = (over: Partial<ReplayResult> = {}): ReplayResult => ({
  title: 'Review',
  startedAt: '2026-11-23T09:00:00.000Z',
  timeZone: 'Europe/Berlin',
  lines: [spoken(1_000, 'We start on Tuesday.'), spoken(4_000, 'Is that good for you?')],
  suggestions: [task('Send the page')],
  summary: [decision('We start on Tuesday.')],
  coverage: { total: 9_000, transcribed: 4_000, silence: 5_000, lost: 0 },
  ...over,
});

describe('comparing what came of a meeting with what is stored', () => {
  it('finds nothing in the same', () => {
    expect(compareResults(result(), result())).toEqual([]);
  });

  it('shows a changed word in its line', () => {
    const [first, ...others] = compareResults(
      result(),
      result({
        lines: [spoken(1_000, 'We start on Thursday.'), spoken(4_000, 'Is that good for you?')],
      }),
    );
    expect(first).toEqual({
      part: 'transcript',
      what: 'changed',
      where: '00:01 Laura',
      text: 'We start on [-Tuesday.-]{+Thursday.+}',
      details: [],
    });
    expect(others).toEqual([]);
  });

  it('tells a line that is missing and one that is new from one that changed', () => {
    const lines = [
      spoken(1_000, 'We start on Tuesday.'),
      spoken(4_000, 'Yes.', { channel: 'emma', speaker: 'Emma' }),
    ];
    const found = compareResults(result(), result({ lines }));
    expect(found.map(({ what, where, text }) => [what, where, text])).toEqual([
      ['missing', '00:04 Laura', 'Is that good for you?'],
      ['new', '00:04 Emma', 'Yes.'],
    ]);
  });

  it('knows a line by its place in the meeting, so that one more before it changes only itself', () => {
    const lines = [spoken(0, 'So.', { endMs: 900 }), ...result().lines];
    expect(compareResults(result(), result({ lines }))).toMatchObject([
      { what: 'new', text: 'So.' },
    ]);
  });

  it('says who speaks now, and where the line is now', () => {
    const [line, ...others] = result().lines;
    const moved = { ...(line as ReplayLine), speaker: 'Emma', endMs: 3_064 };
    expect(compareResults(result(), result({ lines: [moved, ...others] }))).toMatchObject([
      {
        text: 'We start on Tuesday.',
        details: ['speaker: Laura → Emma', 'place: 1.000 s to 3.000 s → 1.000 s to 3.064 s'],
      },
    ]);
  });

  it('compares what a line was understood to mean, apart from its words', () => {
    const insight = {
      intent: 'decision',
      sentiment: 'neutral',
      entities: ['date Tuesday = 2026-11-24'],
      topics: [],
    };
    const [line, ...others] = result().lines;
    const lines = [{ ...(line as ReplayLine), insight }, ...others];
    expect(compareResults(result(), result({ lines }))).toEqual([
      {
        part: 'insights',
        what: 'changed',
        where: '00:01 Laura',
        text: 'We start on Tuesday.',
        details: ['intent: statement → decision', 'entities: + date Tuesday = 2026-11-24'],
      },
    ]);
  });

  it('says of a line that was not understood at all that it has no intent', () => {
    const lines = result().lines.map((line) => ({ ...line, insight: null }));
    expect(compareResults(result(), result({ lines }))[0]).toMatchObject({
      part: 'insights',
      details: ['intent: statement → none', 'sentiment: neutral → none'],
    });
  });

  it('shows which citation and which argument of a suggestion is another one', () => {
    const changed = task('Send the page', {
      arguments: ['dueDate = 2026-11-27', 'title = Send the page'],
      citations: ['emma: I will send the page.'],
    });
    expect(compareResults(result(), result({ suggestions: [changed] }))).toEqual([
      {
        part: 'suggestions',
        what: 'changed',
        where: 'task',
        text: 'Send the page',
        details: [
          'arguments: + dueDate = 2026-11-27',
          'citations: - laura: Send the page',
          'citations: + emma: I will send the page.',
        ],
      },
    ]);
  });

  it('takes suggestions of which little is alike, or of another kind, for two', () => {
    const suggestions = [task('Test the payments again'), task('Send the page', { kind: 'email' })];
    expect(compareResults(result(), result({ suggestions })).map(({ what }) => what)).toEqual([
      'missing',
      'new',
      'new',
    ]);
  });

  it('does not mind in which order suggestions stand', () => {
    const suggestions = [task('Send the page'), task('Test the payments')];
    const turned = result({ suggestions: [...suggestions].reverse() });
    expect(compareResults(result({ suggestions }), turned)).toEqual([]);
  });

  it('notices that something is there once and was there twice', () => {
    const twice = result({ suggestions: [task('Send the page'), task('Send the page')] });
    expect(compareResults(twice, result())).toMatchObject([{ what: 'missing' }]);
  });

  it('compares the lines of the summary with owner and day', () => {
    const summary = [decision('We start on Tuesday.', { owner: 'Emma', dueDate: '2026-11-24' })];
    expect(compareResults(result(), result({ summary }))).toMatchObject([
      { part: 'summary', details: ['owner: nobody → Emma', 'due: no day → 2026-11-24'] },
    ]);
  });

  it('compares what became of the audio to the millisecond', () => {
    const coverage = { total: 9_000, transcribed: 3_999, silence: 5_000, lost: 1 };
    expect(compareResults(result(), result({ coverage }))).toMatchObject([
      { part: 'coverage', where: 'transcribed', text: '4.000 s → 3.999 s' },
      { part: 'coverage', where: 'lost', text: '0.000 s → 0.001 s' },
    ]);
  });
});
