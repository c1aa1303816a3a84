import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import { baselineText, goalText, measuredText, type Finding, type Plot } from '../report/finding';

/** `docs/pipeline-speed.md`: what was measured, beside what is promised. */
export function pipelinePage(
  measuredOn: string,
  { cpu, cores, system, node }: Machine,
  findings: Finding[],
): string {
  const database = process.env.TEST_DATABASE_URL ? 'a real PostgreSQL' : 'the embedded Postgres';
  return [
    '# How fast the pipeline is',
    `Written by \`npm run bench -- pipeline\` on ${measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, a real Redis and ${database}. ` +
      'The six services run as processes of their own, and what makes the load runs on the same cores. One run on one machine: trust the ratios.',
    markdownTable(
      ['', 'measured', 'promised', 'baseline in the same run', ''],
      findings.map((one) => [
        one.what,
        measuredText(one),
        goalText(one),
        baselineText(one),
        one.note ?? '',
      ]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

const MEETINGS_AT_A_TIME = /^(\d+) at a time: /;

/** How late a line is, by how many meetings are held at a time. */
export function pipelinePlots(findings: Finding[]): Plot[] {
  const points = findings.flatMap(({ what, measured }) => {
    const count = MEETINGS_AT_A_TIME.exec(what)?.[1];
    return count === undefined || measured === null ? [] : [{ x: Number(count), y: measured }];
  });
  if (points.length < 2) return [];
  return [
    {
      kind: 'lines',
      id: 'meetings',
      title: 'Final line after the last word, by meetings at a time',
      xUnit: 'meetings at a time',
      yUnit: 'ms',
      lines: [{ name: 'p95', points }],
    },
  ];
}
