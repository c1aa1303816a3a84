import { Seeded } from '../../../../test/harness/seeded';
import { likeness, wordDifference } from './word-difference';

/** The text that a difference says was there, or is there now. */
function side(difference: string, which: 'stored' | 'now'): string {
  const [gone, come] = which === 'stored' ? ['$1', ''] : ['', '$1'];
  return difference
    .replaceAll(/\[-(.*?)-\]/g, `${gone} `)
    .replaceAll(/\{\+(.*?)\+\}/g, `${come} `)
    .split(/\s+/)
    .filter(Boolean)
    .join(' ');
}

describe('the difference of two texts, word by word', () => {
  it.each([
    ['the same', 'we start now', 'we start now', 'we start now'],
    ['a word for another', 'on Monday then', 'on Tuesday then', 'on [-Monday-]{+Tuesday+} then'],
    ['a word less', 'on Monday then', 'on Monday', 'on Monday [-then-]'],
    ['a word more', 'on Monday', 'so on Monday', '{+so+} on Monday'],
    ['several for one', 'twenty per cent', 'twenty percent', 'twenty [-per cent-]{+percent+}'],
    ['the most that stayed', 'a b c d', 'c d a b d', '{+c d+} a b [-c-] d'],
    ['nothing any more', 'on Monday', '', '[-on Monday-]'],
    ['nothing before', '', 'on Monday', '{+on Monday+}'],
  ])('%s', (_, stored, now, difference) => {
    expect(wordDifference(stored, now)).toBe(difference);
  });

  it('holds both texts, whatever they are', () => {
    const seeded = new Seeded(1);
    const text = (): string =>
      Array.from({ length: Math.floor(seeded.next() * 12) }, () =>
        'abcde'.charAt(Math.floor(seeded.next() * 5)),
      ).join(' ');
    for (let round = 0; round < 500; round += 1) {
      const [stored, now] = [text(), text()];
      const difference = wordDifference(stored, now);
      expect([side(difference, 'stored'), side(difference, 'now')]).toEqual([stored, now]);
    }
  });

  it('is no more than what was taken out', () => {
    const seeded = new Seeded(2);
    for (let round = 0; round < 500; round += 1) {
      const stored = Array.from({ length: 12 }, () => 'abc'.charAt(Math.floor(seeded.next() * 3)));
      const now = seeded.some(stored, 9);
      const difference = wordDifference(stored.join(' '), now.join(' '));
      expect(side(difference, 'now')).toBe(now.join(' '));
      expect(difference).not.toContain('{+');
    }
  });

  it('shows texts too long to compare as one for the other', () => {
    const long = Array.from({ length: 1_001 }, (_, at) => `w${at}`).join(' ');
    expect(wordDifference(long, 'w7')).toBe(`[-${long}-]{+w7+}`);
  });
});

describe('how much two texts are alike', () => {
  it('is 1 only for equal ones', () => {
    expect(likeness('Send it', 'Send it')).toBe(1);
    expect(likeness('Send it.', 'send it')).toBeCloseTo(0.99);
    expect(likeness('Send it', 'Test that')).toBe(0);
    expect(likeness('', '…')).toBe(0);
  });
});
