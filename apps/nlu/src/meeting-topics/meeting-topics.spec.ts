import { findBoundaries } from './find-boundaries';
import { meetingTopics, type SpokenLine } from './meeting-topics';

const BUDGET = ['annual budget', 'cost', 'invoice', 'supplier'];
const HIRING = ['job interviews', 'candidate', 'salary', 'two candidates'];
const OFFICE = ['new office', 'desk', 'lease', 'windows'];

/** So many lines that speak of one after another of these; every third says nothing of what it is about. */
const about = (phrases: readonly string[], count: number): string[][] =>
  Array.from({ length: count }, (_, at) =>
    at % 3 === 2 ? [] : [phrases[at % phrases.length] ?? ''],
  );
const spoken = (topics: readonly string[][]): SpokenLine[] =>
  topics.map((one, at) => ({
    segmentId: `s${at}`,
    startMs: at * 5_000,
    topics: one,
    names: [],
  }));
const starts = (lines: readonly SpokenLine[]): string[] =>
  meetingTopics(lines).map(({ firstSegmentId }) => firstSegmentId);

describe('the subjects of a meeting', () => {
  it('begin where its words change, and are named by what is said there and seldom elsewhere', () => {
    const lines = spoken([...about(BUDGET, 80), ...about(HIRING, 80), ...about(OFFICE, 40)]);
    expect(meetingTopics(lines)).toMatchObject([
      { startMs: 0, endMs: 400_000, firstSegmentId: 's0', lastSegmentId: 's79', segments: 80 },
      { startMs: 400_000, endMs: 800_000, firstSegmentId: 's80', lastSegmentId: 's159' },
      { startMs: 800_000, endMs: null, firstSegmentId: 's160', lastSegmentId: 's199' },
    ]);
    const [budget, hiring, office] = meetingTopics(lines).map(({ phrases }) => phrases);
    expect(BUDGET).toEqual(expect.arrayContaining(budget ?? []));
    expect(HIRING).toEqual(expect.arrayContaining(hiring ?? []));
    expect(OFFICE).toEqual(expect.arrayContaining(office ?? []));
    expect([budget, hiring, office].map((phrases) => phrases?.length)).toEqual([3, 3, 3]);
  });

  it('are one while nothing says that there are more', () => {
    expect(starts(spoken(about(BUDGET, 100)))).toEqual(['s0']);
    expect(starts(spoken(about(HIRING, 5)))).toEqual(['s0']);
  });

  it('stay one through an aside', () => {
    const lines = [...about(BUDGET, 60), ...about(OFFICE, 3), ...about(BUDGET, 60)];
    expect(starts(spoken(lines))).toEqual(['s0']);
  });

  it('grow while it runs', () => {
    const lines = spoken([...about(BUDGET, 80), ...about(HIRING, 80)]);
    expect(meetingTopics(lines.slice(0, 80))).toHaveLength(1);
    expect(meetingTopics(lines)).toHaveLength(2);
  });

  it('are found in a meeting of many hours, too, where more is taken together', () => {
    const lines = spoken([...about(BUDGET, 5_000), ...about(HIRING, 5_000)]);
    expect(findBoundaries(lines)).toEqual([5_000]);
  });

  it('are told apart by whom and what is named, too', () => {
    const named = (names: string[], from: number): SpokenLine[] =>
      Array.from({ length: 80 }, (_, at) => ({
        ...{ segmentId: `s${from + at}`, startMs: (from + at) * 5_000, topics: [] },
        names: [names[at % names.length] ?? ''],
      }));
    const lines = [
      ...named(['Acme Corporation', 'Maria Lopez'], 0),
      ...named(['Lisbon', 'Tom Baker'], 80),
    ];
    expect(findBoundaries(lines)).toEqual([80]);
  });

  it('have one phrase of each head', () => {
    const [only] = meetingTopics(
      spoken(about(['remote control', 'remote controls', 'battery', 'battery'], 30)),
    );
    expect(only?.phrases).toEqual(['battery', 'remote control']);
  });

  it('are none where nothing is known of what was said, as with notes only', () => {
    expect(meetingTopics([])).toEqual([]);
    expect(meetingTopics(spoken(Array.from({ length: 50 }, () => [])))).toEqual([]);
  });
});
