import { linePlot } from './line-plot';

describe('linePlot', () => {
  const line = (name: string, ...ys: number[]) => ({
    name,
    points: ys.map((y, nth) => ({ x: nth * 10, y })),
  });

  it('draws each line from the left to the right, and names it', () => {
    const svg = linePlot('Memory', 'minutes', 'MB', [line('asr', 0, 50, 100)]);
    expect(svg).toContain('<title>Memory</title>');
    // Both axes begin at 0 and end at their last round number.
    expect(svg).toContain('points="56.0,296.0 343.0,156.0 630.0,16.0"');
    expect(svg).toContain('>asr</text>');
  });

  it('keeps the names of lines that end together apart', () => {
    const svg = linePlot('Memory', 'minutes', 'MB', [line('one', 0, 50), line('two', 0, 50)]);
    const heights = [...svg.matchAll(/y="([\d.]+)" dy="4" fill="#\w+">(?:one|two)</g)].map(
      ([, y]) => Number(y),
    );
    expect(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0))).toBe(14);
  });
});
