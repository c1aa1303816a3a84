import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import { baselineText, goalText, measuredText, type Finding } from '../report/finding';

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
