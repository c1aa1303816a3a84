import { markdownTable } from '../markdown-table';
import {
  baselineText,
  goalText,
  measuredText,
  verdictOf,
  type Finding,
  type SuiteFindings,
} from './finding';
import type { Suite } from './suites';

/** Those that say how good what comes out is; the others say how fast, and at what cost. */
const OF_QUALITY = ['sample', 'speech', 'understanding'];

/** Of themselves, on their own recordings and machines. */
const PUBLISHED = [
  ['Deepgram, in Pipecat’s benchmark', '247 ms', '298 ms'],
  ['AssemblyAI, in Pipecat’s benchmark', '256 ms', '362 ms'],
  ['OpenAI, in Pipecat’s benchmark', '637 ms', '965 ms'],
  ['whisper_streaming', '3.3 s', 'not published'],
  ['Vexa, a confirmed segment', 'about 9 s', 'not published'],
];

/** `docs/quality.md`: how well Parley listens, finds and understands, from the figures that are kept, beside what others publish. */
export function qualityPage(suites: Suite[], all: SuiteFindings[]): string {
  return [
    '# Quality',
    'How good what comes out is, by figures that `npm run bench -- sample`, `npm run evaluate -- speech` and ' +
      '`npm run evaluate -- understanding` wrote; each links to its page, which says what was measured and how. Local ' +
      'engines, unless it says otherwise.',
    ...OF_QUALITY.flatMap((name) => partOf(suites, all, name)),
    '## Beside others',
    'What others publish of themselves says no more than in which order of size to look. None of them publishes figures of ' +
      'retrieval or of citations.',
    markdownTable(['', 'time to a final text, as published', 'in the p95'], PUBLISHED),
  ]
    .join('\n\n')
    .concat('\n');
}

function partOf(suites: Suite[], all: SuiteFindings[], name: string): string[] {
  const suite = suites.find((one) => one.name === name);
  if (!suite) return [];
  const kept = all.find((one) => one.suite === name);
  const title = `## ${suite.title}`;
  if (!kept) return [title, 'Nobody measured it yet.'];
  return [
    title,
    `Measured on ${kept.measuredOn} on ${kept.machine}; all of it is in [${suite.page}](${suite.page}).`,
    markdownTable(
      ['', 'measured', 'promised', 'baseline in the same run', ''],
      kept.findings.map(rowOf),
    ),
  ];
}

function rowOf(finding: Finding): string[] {
  const verdict = verdictOf(finding);
  return [
    finding.what,
    measuredText(finding),
    goalText(finding),
    baselineText(finding),
    [verdict === 'not held' ? '**not held**' : '', finding.note ?? ''].filter(Boolean).join('; '),
  ];
}
