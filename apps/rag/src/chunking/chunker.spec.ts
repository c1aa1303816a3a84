import { chunkBlocks } from './chunker';
import { countWords } from './sentences';

const sentence = (number: number, words = 15): string =>
  `Sentence ${number} ${Array.from({ length: words - 3 }, () => 'word').join(' ')} end.`;
const sentences = (count: number): string =>
  Array.from({ length: count }, (_, index) => sentence(index)).join(' ');

describe('chunkBlocks', () => {
  it('makes one chunk of a short document', () => {
    expect(chunkBlocks([{ text: 'All of it.', headings: [] }])).toEqual([
      { ordinal: 0, text: 'All of it.', headings: [] },
    ]);
  });

  it('cuts between sentences at about 90 words and repeats the last sentence', () => {
    const chunks = chunkBlocks([{ text: sentences(14), headings: [] }]);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks) {
      expect(countWords(text)).toBeLessThanOrEqual(90 + 25);
      expect(text).toMatch(/^Sentence .*end\.$/s);
    }
    expect(chunks[1]?.text.startsWith(sentence(5))).toBe(true);
    expect(chunks[0]?.text.endsWith(sentence(5))).toBe(true);
  });

  it('loses no sentence', () => {
    const all = chunkBlocks([{ text: sentences(50), headings: [] }])
      .map((chunk) => chunk.text)
      .join(' ');
    for (let number = 0; number < 50; number++) expect(all).toContain(sentence(number));
  });

  it('never lets a chunk reach over a heading or a page, so that both are known of it', () => {
    const chunks = chunkBlocks([
      { text: 'First.', headings: ['Guide', 'A'], page: 1 },
      { text: 'Second.', headings: ['Guide', 'B'], page: 1 },
      { text: 'Third.', headings: ['Guide', 'B'], page: 2 },
    ]);
    expect(chunks).toEqual([
      { ordinal: 0, text: 'First.', headings: ['Guide', 'A'], page: 1 },
      { ordinal: 1, text: 'Second.', headings: ['Guide', 'B'], page: 1 },
      { ordinal: 2, text: 'Third.', headings: ['Guide', 'B'], page: 2 },
    ]);
  });

  it('lets a short rest join the chunk before it, without repeating the overlap', () => {
    const text = `${sentences(6)} ${sentence(6, 5)}`;
    expect(chunkBlocks([{ text, headings: [] }]).map((chunk) => chunk.text)).toEqual([text]);
  });

  it('keeps paragraphs apart by a line break', () => {
    const [chunk] = chunkBlocks([
      { text: 'One. Two.', headings: [] },
      { text: 'Three.', headings: [] },
    ]);
    expect(chunk?.text).toBe('One. Two.\nThree.');
  });

  it('cuts what has no full stop for very long', () => {
    const text = Array.from({ length: 1_000 }, (_, index) => `w${index}`).join(' ');
    const chunks = chunkBlocks([{ text, headings: [] }]);
    expect(Math.max(...chunks.map((chunk) => countWords(chunk.text)))).toBeLessThanOrEqual(120);
  });
});
