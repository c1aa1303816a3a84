import type { Bench } from '../measure';
import type { Finding } from '../report/finding';
import { markdownTable } from '../markdown-table';
import type { MemoryFigures, PageFigures } from './measure-page';

const MOST_SCRIPT_KB = 250;
const MOST_INTERACTION_MS = 100;
const MOST_MEMORY_MB = 200;

export function pageFindings({ scripts, interactions, memory }: PageFigures): Finding[] {
  const { p98, longest, count } = interactions;
  return [
    ...scripts.map(({ place, gzippedKb }) => ({
      what: `first load of ${place}: script, gzipped`,
      measured: gzippedKb,
      unit: 'kB',
      goal: { atMost: MOST_SCRIPT_KB },
    })),
    {
      what: 'interaction to next paint, p98',
      measured: p98,
      unit: 'ms',
      goal: { atMost: MOST_INTERACTION_MS },
      note: `${count} interactions, the longest ${longest.toFixed(0)} ms`,
    },
    {
      what: `memory of the tab after ${memory.lines.toLocaleString('en')} lines, private`,
      measured: memory.after.process?.privateMb ?? null,
      unit: 'MB',
      goal: { atMost: MOST_MEMORY_MB },
      ...(memory.before.process
        ? { baseline: { name: 'before the first line', value: memory.before.process.privateMb } }
        : { note: 'the system did not tell it' }),
    },
  ];
}

/** What was measured of the page, beside what was promised of it. */
export function speedPage(
  { measuredOn, machine, load }: Pick<Bench, 'measuredOn' | 'machine' | 'load'>,
  { scripts, interactions, busy, memory }: PageFigures,
): string {
  const { cpu, cores, system, node } = machine;
  const rows = [
    ...scripts.map(({ place, gzippedKb, files }) => [
      `first load of ${place}: script, gzipped`,
      `${gzippedKb.toFixed(0)} kB in ${files} files`,
      `at most ${MOST_SCRIPT_KB} kB`,
    ]),
    [
      'interaction to next paint, p98',
      `${interactions.p98.toFixed(0)} ms`,
      `at most ${MOST_INTERACTION_MS} ms`,
    ],
    ['the same, p50', `${interactions.p50.toFixed(0)} ms`, ''],
    ['the same, the longest', `${interactions.longest.toFixed(0)} ms`, ''],
    ['processor time of the tab meanwhile', `${(busy * 100).toFixed(0)} % of one core`, ''],
    [
      `memory of the tab after the ${memory.lines} lines of two hours (private)`,
      grown(memory, ({ process }) => process?.privateMb),
      `at most ${MOST_MEMORY_MB} MB`,
    ],
    ['of that, heap of scripts', grown(memory, ({ heapMb }) => heapMb), ''],
    [
      'with its share of what it has in common with other processes (proportional set size)',
      grown(memory, ({ process }) => process?.proportionalMb),
      '',
    ],
  ];
  return `# How fast the page is

Written by \`npm run bench -- page\` on ${measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, headless Chromium, one-minute load ${load.toFixed(1)} when it began. The services are played by the measurement; the page is the built one. ${interactions.count} interactions (tabs, letters, popovers, keys) in a meeting of ${interactions.lines} lines that goes on: a line every 1.5 s with ten provisional texts before it. An interaction lasts from the event until what it changed is painted, as the browser tells it (event timing, in steps of 8 ms; what is shorter than 16 ms counts as 16). Other programs on the machine lengthen it. The memory of the tab is what its process has for itself and would be free without it (private pages, clean, dirty and swapped), nearly what the task manager of Chromium shows; the browser's program and libraries, which all its processes share, are counted in the last line only.

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
