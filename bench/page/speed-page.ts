import { loadavg } from 'node:os';
import { describeMachine } from '../machine';
import { markdownTable } from '../markdown-table';
import type { MemoryFigures, PageFigures } from './measure-page';

/** What was measured of the page, beside what was promised of it. */
export function speedPage({ scripts, interactions, busy, memory }: PageFigures): string {
  const { cpu, cores, system, node } = describeMachine();
  const rows = [
    ...scripts.map(({ place, gzippedKb, files }) => [
      `first load of ${place}: script, gzipped`,
      `${gzippedKb.toFixed(0)} kB in ${files} files`,
      'at most 250 kB',
    ]),
    ['interaction to next paint, p98', `${interactions.p98.toFixed(0)} ms`, 'at most 100 ms'],
    ['the same, p50', `${interactions.p50.toFixed(0)} ms`, ''],
    ['the same, the longest', `${interactions.longest.toFixed(0)} ms`, ''],
    ['processor time of the tab meanwhile', `${(busy * 100).toFixed(0)} % of one core`, ''],
    [
      `memory of the tab after the ${memory.lines} lines of two hours (private)`,
      grown(memory, ({ process }) => process?.privateMb),
      'at most 200 MB',
    ],
    ['of that, heap of scripts', grown(memory, ({ heapMb }) => heapMb), ''],
    [
      'with its share of what it has in common with other processes (proportional set size)',
      grown(memory, ({ process }) => process?.proportionalMb),
      '',
    ],
  ];
  return `# How fast the page is

Written by \`npm run bench -- page\` on ${new Date().toISOString().slice(0, 10)}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, headless Chromium, one-minute load ${(loadavg()[0] ?? 0).toFixed(1)}. The services are played by the measurement; the page is the built one. ${interactions.count} interactions (tabs, letters, popovers, keys) in a meeting of ${interactions.lines} lines that goes on: a line every 1.5 s with ten provisional texts before it. An interaction lasts from the event until what it changed is painted, as the browser tells it (event timing, in steps of 8 ms; what is shorter than 16 ms counts as 16). Other programs on the machine lengthen it. The memory of the tab is what its process has for itself and would be free without it (private pages, clean, dirty and swapped), nearly what the task manager of Chromium shows; the browser's program and libraries, which all its processes share, are counted in the last line only.

${markdownTable(['what', 'measured', 'promised'], rows)}

Lighthouse and axe look at the page in \`npm test -- page\`: at least 95 points in accessibility and best practices, no barrier.
`;
}

function grown(
  { before, after }: PageFigures['memory'],
  figure: (of: MemoryFigures) => number | undefined,
): string {
  const said = (megabytes: number | undefined): string =>
    megabytes === undefined ? 'not told' : `${megabytes.toFixed(0)} MB`;
  return `${said(figure(after))} (${said(figure(before))} before)`;
}
