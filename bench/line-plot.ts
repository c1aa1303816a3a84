import { escaped } from './report/bar-plot';

/** One line of a plot. */
export interface PlotLine {
  name: string;
  points: { x: number; y: number }[];
}

const WIDTH = 760;
const HEIGHT = 340;
const LEFT = 56;
const TOP = 16;
const RIGHT = 130;
const BOTTOM = 44;
const COLOURS = ['#0f6e62', '#b4552d', '#5b4bb7', '#8a6d00', '#b0256b', '#2f6db5', '#5a6169'];
const STEPS = [1, 2, 5];

/** A plot as SVG that reads on light and on dark pages; both axes begin at 0. */
export function linePlot(title: string, xUnit: string, yUnit: string, lines: PlotLine[]): string {
  const all = lines.flatMap(({ points }) => points);
  const xTicks = ticks(Math.max(...all.map(({ x }) => x)));
  const yTicks = ticks(Math.max(...all.map(({ y }) => y)));
  const [xEnd, yEnd] = [xTicks.at(-1) ?? 1, yTicks.at(-1) ?? 1];
  const toX = (x: number): string => (LEFT + (x / xEnd) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const toY = (y: number): string =>
    (HEIGHT - BOTTOM - (y / yEnd) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const names = apart(lines.map(({ points }) => Number(toY(points.at(-1)?.y ?? 0))));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#fff"/>`,
    ...yTicks.map(
      (y) =>
        `<path d="M${LEFT} ${toY(y)}H${WIDTH - RIGHT}" stroke="#dfe3e6"/><text x="${LEFT - 8}" y="${toY(y)}" dy="4" text-anchor="end" fill="#5a6169">${y}</text>`,
    ),
    ...xTicks.map(
      (x) =>
        `<text x="${toX(x)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#5a6169">${x}</text>`,
    ),
    `<text x="${LEFT}" y="${HEIGHT - 8}" fill="#5a6169">${escaped(xUnit)}; upwards: ${escaped(yUnit)}</text>`,
    ...lines.map(({ name, points }, nth) => {
      const colour = COLOURS[nth % COLOURS.length] ?? '#000';
      const path = points.map(({ x, y }) => `${toX(x)},${toY(y)}`).join(' ');
      return (
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>` +
        `<text x="${WIDTH - RIGHT + 8}" y="${names[nth] ?? 0}" dy="4" fill="${colour}">${escaped(name)}</text>`
      );
    }),
    '</svg>',
  ]
    .join('\n')
    .concat('\n');
}

/** Round numbers from 0 to the first that is not below `most`; two of them where all is 0. */
function ticks(most: number): number[] {
  const rough = (most > 0 ? most : 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * power >= rough) ?? 10) * power;
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, nth) => Number((nth * step).toPrecision(6)));
}

/** Heights of the names: those of lines that end at the same place are moved down. */
function apart(heights: number[]): number[] {
  const placed = [...heights];
  const order = heights.map((_, nth) => nth).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  let last = -Infinity;
  for (const nth of order) {
    last = Math.max(heights[nth] ?? 0, last + 14);
    placed[nth] = last;
  }
  return placed;
}
