import type { Segment, Suggestion } from '@parley/contracts';
import { finalLatencies, firstWordLatencies, suggestionLatencies, type Turn } from './latency';
import { percentile } from './percentile';

const turn: Turn = { channel: 'anna', startMs: 1_000, endMs: 4_000, text: 'Hello. All is well.' };

function line(id: string, startMs: number, endMs: number, channel = 'anna'): Segment {
  return { id, startMs, endMs, channel } as Segment;
}

describe('latency', () => {
  it('of a final line counts from the end of its turn in the script', () => {
    const finals = [
      { atMs: 2_500, value: line('a', 1_000, 2_000) },
      { atMs: 4_600, value: line('b', 2_100, 3_900) },
      { atMs: 9_000, value: line('c', 2_100, 3_900, 'ben') },
    ];
    expect(finalLatencies([turn], finals)).toEqual([600]);
  });

  it('leaves out a turn of which nothing was written', () => {
    expect(finalLatencies([turn], [])).toEqual([]);
  });

  it('of the first words counts from the beginning of the turn', () => {
    const lines = [
      { atMs: 1_900, value: line('a', 1_000, 1_500) },
      { atMs: 1_700, value: line('a', 1_000, 1_200) },
    ];
    expect(firstWordLatencies([turn], lines)).toEqual([700]);
  });

  it('of the first words takes a provisional line that is mostly from before the turn, and no line of before', () => {
    const lines = [
      { atMs: 900, value: line('a', 200, 1_010) },
      { atMs: 1_450, value: line('b', 560, 1_330) },
    ];
    expect(firstWordLatencies([turn], lines)).toEqual([450]);
  });

  it('of a suggestion counts from the last of the lines that it cites', () => {
    const finals = [
      { atMs: 2_000, value: line('a', 0, 1) },
      { atMs: 3_000, value: line('b', 1, 2) },
    ];
    const citations = ['a', 'b'].map((id) => ({ type: 'segment', id, quote: '' }));
    const suggestion = { citations } as Suggestion;
    expect(suggestionLatencies([{ atMs: 3_050, value: suggestion }], finals)).toEqual([50]);
  });
});

describe('a percentile', () => {
  it('is one of the values', () => {
    expect(percentile([30, 10, 20], 50)).toBe(20);
    expect(percentile([30, 10, 20], 95)).toBe(30);
    expect(percentile([], 50)).toBeNull();
  });
});
