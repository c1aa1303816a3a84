import { chunkTurns, type SpokenSegment } from './turns';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

let at = 0;
const said = (speaker: string | null, text: string): SpokenSegment => {
  const startMs = at++ * 1_000;
  return { id: `s${at}`, speaker, text, startMs, endMs: startMs + 900 };
};

describe('chunkTurns', () => {
  beforeEach(() => {
    at = 0;
  });

  it('names who speaks once, however often they go on', () => {
    const [chunk] = chunkTurns([
      said('Ana', 'The cover is blue.'),
      said('Ana', 'It was grey.'),
      said('Ben', 'Why?'),
      said(null, 'Nobody knows.'),
    ]);
    expect(chunk?.text).toBe('Ana: The cover is blue. It was grey.\nBen: Why?\nNobody knows.');
  });

  it('knows which segments a chunk is made of, and from when to when it goes', () => {
    const [chunk] = chunkTurns([said('Ana', 'One.'), said('Ben', 'Two.')]);
    expect(chunk).toMatchObject({ ordinal: 0, segmentIds: ['s1', 's2'], startMs: 0, endMs: 1_900 });
  });

  it('repeats a short last turn, so that an answer keeps its question', () => {
    const chunks = chunkTurns([
      said('Ana', words(80)),
      said('Ben', 'Who pays?'),
      said('Ana', words(60)),
    ]);
    expect(chunks.map(({ segmentIds }) => segmentIds)).toEqual([
      ['s1', 's2'],
      ['s2', 's3'],
    ]);
  });

  it('cuts a long speech at its sentences, and one without a full stop all the same', () => {
    const speech = `${words(60)}. ${words(60)}. ${words(200)}.`;
    const chunks = chunkTurns([said('Ana', speech)]);
    expect(chunks.length).toBeGreaterThan(3);
    expect(new Set(chunks.flatMap(({ segmentIds }) => segmentIds))).toEqual(new Set(['s1']));
    for (const { text } of chunks) expect(text.split(/\s+/).length).toBeLessThanOrEqual(116);
  });

  it('makes nothing of a meeting in which nothing was said', () => {
    expect(chunkTurns([])).toEqual([]);
  });
});
