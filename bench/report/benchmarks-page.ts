import { markdownTable } from '../markdown-table';
import {
  baselineText,
  goalText,
  measuredText,
  shareOfPromise,
  verdictOf,
  type Finding,
  type Plot,
  type SuiteFindings,
} from './finding';
import { plotFile } from './plot-file';
import type { Suite } from './suites';

const MOST_SHOWN = 3;

/** `docs/benchmarks.md`: every promise with a number, and whether it is held, from the figures that are kept. */
export function benchmarksPage(suites: Suite[], all: SuiteFindings[]): string {
  const machines = [...new Set(all.map(({ machine }) => machine))];
  const letterOf = (machine: string): string => letter(machines.indexOf(machine));
  const promised = all.flatMap((kept) =>
    kept.findings.filter(({ goal }) => goal).map((finding) => ({ kept, finding })),
  );
  const having = (verdict: string): typeof promised =>
    promised.filter(({ finding }) => verdictOf(finding) === verdict);
  const row = ({ kept, finding }: (typeof promised)[number]): string[] => [
    `[${finding.what}](${pageOf(suites, kept.suite)})`,
    goalText(finding),
    measuredText(finding),
    baselineText(finding),
    verdictOf(finding) === 'not held' ? '**not held**' : verdictOf(finding),
    kept.measuredOn,
    letterOf(kept.machine),
  ];
  const missing = suites.filter(({ name }) => !all.some(({ suite }) => suite === name));
  return [
    '# What was measured, and what holds',
    'Written by `npm run bench`, which runs every suite below, one after the other, beside real servers where a suite ' +
      'needs them; `npm run bench -- all --only http,page` runs some, and `npm run bench -- http` one. A suite that was ' +
      'not run keeps its figures and their date. Load and services share one machine, which other programs may have ' +
      'used as well: trust ratios, and what stands beside a baseline of the same run, more than times.',
    `${count(promised.length, 'promise')} with a number: ${having('held').length} held, ` +
      `${having('not held').length} not held, ${having('not measured').length} not measured.`,
    '## Not held',
    having('not held').length === 0
      ? 'Nothing of what was measured.'
      : having('not held').map(failureLine).join('\n'),
    ...(having('not measured').length + missing.length === 0
      ? []
      : [
          '## Not measured',
          [
            ...having('not measured').map(
              ({ finding }) => `- ${finding.what}: ${finding.note ?? 'nobody looked'}`,
            ),
            ...missing.map(
              ({ title, name }) => `- ${title}: \`npm run bench -- ${name}\` was not run yet`,
            ),
          ].join('\n'),
        ]),
    '## Promises',
    '![How much of each promise is used up; beyond 1 it is not held](images/bench-promises.svg)',
    markdownTable(
      [
        'promise',
        'goal',
        'measured (lowest to highest)',
        'baseline in the same run',
        '',
        'when',
        'machine',
      ],
      promised.map(row),
    ),
    markdownTable(
      ['machine', ''],
      machines.map((machine) => [letterOf(machine), machine]),
    ),
    ...all.flatMap((kept) => suitePart(suites, kept)),
  ]
    .join('\n\n')
    .concat('\n');
}

/** How much of each promise is used up; what is far beyond ends at the edge and says so. */
export function promisesPlot(all: SuiteFindings[]): Plot {
  const bars = all
    .flatMap(({ findings }) => findings)
    .flatMap((finding) => {
      const share = shareOfPromise(finding);
      if (share === null) return [];
      const value = Math.max(0, Math.min(share, MOST_SHOWN));
      const label = labelOf(share);
      return [{ name: finding.what.replaceAll('`', ''), value, label, missed: share > 1 }];
    });
  const title = 'How much of each promise is used up';
  return { kind: 'bars', id: 'promises', title, unit: 'share of the promise', bars, goal: 1 };
}

function labelOf(share: number): string {
  if (share === Infinity) return '∞ →';
  return share > MOST_SHOWN ? `${share.toFixed(1)} →` : share.toFixed(2);
}

function suitePart(suites: Suite[], { suite, measuredOn, load, findings, plots }: SuiteFindings) {
  const title = suites.find(({ name }) => name === suite)?.title ?? suite;
  const others = findings.filter(({ goal }) => !goal);
  const how =
    load === null
      ? ', taken over from an earlier page'
      : `, at a one-minute load of ${load.toFixed(1)} when it began`;
  return [
    `## ${title}`,
    `Measured on ${measuredOn}${how}; all of it is in [${pageOf(suites, suite)}](${pageOf(suites, suite)}).`,
    ...plots.map((plot) => `![${plot.title}](${plotFile(plot)})`),
    ...(others.length === 0
      ? []
      : [
          markdownTable(
            ['besides, with nothing promised', 'measured', 'baseline in the same run'],
            others.map((finding) => [finding.what, measuredText(finding), baselineText(finding)]),
          ),
        ]),
  ];
}

function failureLine({ kept, finding }: { kept: SuiteFindings; finding: Finding }): string {
  const note = finding.note ? `; ${finding.note}` : '';
  return `- ${finding.what}: ${measuredText(finding)}, promised ${goalText(finding)} (${kept.measuredOn}${note})`;
}

function pageOf(suites: Suite[], suite: string): string {
  return suites.find(({ name }) => name === suite)?.page ?? 'benchmarks.md';
}

function letter(nth: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + nth);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
