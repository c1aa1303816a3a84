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

  it('draws what is 0 all along at the origin', () => {
    const nothing = { name: 'nothing', points: [{ x: 0, y: 0 }] };
    const svg = linePlot('Memory', 'minutes', 'MB', [nothing]);
    expect(svg).toContain('points="56.0,296.0"');
    expect(svg).not.toContain('NaN');
  });

  it('writes titles, units and names as text, whatever marks they hold', () => {
    const svg = linePlot('a < b', 'm & s', 'MB', [line('<asr>', 0, 1)]);
    expect(svg).toContain('<title>a &lt; b</title>');
    expect(svg).toContain('>m &amp; s; upwards: MB<');
    expect(svg).toContain('>&lt;asr&gt;</text>');
  });
});
