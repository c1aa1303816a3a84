export interface Bar {
  name: string;
  value: number;
  /** The lowest and the highest of the rounds. */
  low?: number;
  high?: number;
  /** Beside the bar, instead of the value. */
  label?: string;
  /** Drawn as what is not held. */
  missed?: boolean;
}

const WIDTH = 860;
const LEFT = 370;
const RIGHT = 90;
const TOP = 16;
const STEP = 28;
const THICK = 16;
const BOTTOM = 30;
const ROOM = WIDTH - LEFT - RIGHT;
const LONGEST_NAME = 56;
const GREEN = '#0f6e62';
const RED = '#b4552d';

/**
 * Lying bars as SVG, that read on light and on dark pages; they begin at 0.
 * @param goal is drawn as a line across all bars
 */
export function barPlot(title: string, unit: string, bars: Bar[], goal?: number): string {
  const most = Math.max(goal ?? 0, ...bars.map(({ value, high }) => Math.max(value, high ?? 0)));
  const toX = (value: number): string => (LEFT + (value / (most || 1)) * ROOM).toFixed(1);
  const height = TOP + bars.length * STEP + BOTTOM;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="#fff"/>`,
    ...bars.flatMap((bar, nth) => drawn(bar, TOP + nth * STEP, toX)),
    ...(goal === undefined
      ? []
      : [
          `<path d="M${toX(goal)} ${TOP - 8}V${height - BOTTOM + 4}" stroke="${RED}" stroke-width="2" stroke-dasharray="4 3"/>`,
          `<text x="${toX(goal)}" y="${height - 10}" text-anchor="middle" fill="${RED}">promised: ${short(goal)}</text>`,
        ]),
    `<text x="12" y="${height - 10}" fill="#5a6169">${escaped(unit)}</text>`,
    '</svg>',
  ]
    .join('\n')
    .concat('\n');
}

function drawn(bar: Bar, top: number, toX: (x: number) => string): string[] {
  const { name, value, low, high, label = short(value), missed = false } = bar;
  const middle = top + THICK / 2;
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  const whisker =
    low === undefined || high === undefined
      ? []
      : [
          `<path d="M${toX(low)} ${middle}H${toX(high)}M${toX(low)} ${middle - 4}v8M${toX(high)} ${middle - 4}v8" stroke="#1d2327" fill="none"/>`,
        ];
  return [
    `<text x="${LEFT - 8}" y="${middle}" dy="4" text-anchor="end" fill="#1d2327">${escaped(shown)}</text>`,
    `<rect x="${LEFT}" y="${top}" width="${(Number(toX(value)) - LEFT).toFixed(1)}" height="${THICK}" rx="2" fill="${missed ? RED : GREEN}"/>`,
    ...whisker,
    `<text x="${(Number(toX(Math.max(value, high ?? 0))) + 6).toFixed(1)}" y="${middle}" dy="4" fill="#1d2327">${escaped(label)}</text>`,
  ];
}

function short(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
