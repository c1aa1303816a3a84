import { phrasesIn } from './phrases';

const words = (text: string): string[] => text.split(' ');
const stretch = (startMs: number, endMs: number) => ({ startMs, endMs });

describe('phrases in the stretches between the pauses', () => {
  it('are as long as their stretches', () => {
    const stretches = [stretch(0, 400), stretch(700, 2_300)];
    expect(phrasesIn(words('Well the office will be closed'), stretches)).toEqual([
      ['Well'],
      words('the office will be closed'),
    ]);
  });

  it('end where the text has a mark, rather than where the pace of all would have it', () => {
    const stretches = [stretch(0, 900), stretch(1_300, 2_000)];
    expect(phrasesIn(words('We spoke to them. Two were good'), stretches)).toEqual([
      words('We spoke to them.'),
      words('Two were good'),
    ]);
  });

  it('leave a knock without words', () => {
    const stretches = [stretch(0, 48), stretch(400, 1_400)];
    expect(phrasesIn(words('and then we leave'), stretches)).toEqual([
      [],
      words('and then we leave'),
    ]);
  });

  it('are all of the words in one stretch, and none in each where there are no words', () => {
    expect(phrasesIn(words('all of it'), [stretch(0, 10)])).toEqual([words('all of it')]);
    expect(phrasesIn([], [stretch(0, 10), stretch(20, 30)])).toEqual([[], []]);
  });

  it('never leave a word out, or change their order, whatever the stretches are', () => {
    const all = words('one two, three four five. six seven eight nine ten');
    for (let count = 1; count <= 8; count++) {
      const stretches = Array.from({ length: count }, (_, at) =>
        stretch(at * 1_000, at * 1_000 + 50 + ((at * 397) % 900)),
      );
      expect(phrasesIn(all, stretches)).toHaveLength(count);
      expect(phrasesIn(all, stretches).flat()).toEqual(all);
    }
  });
});
