import type { CoverageTotals } from '@parley/contracts';
import type { Outcome } from './expectations';
import type { Machine } from './machine';
import { markdownTable } from './markdown-table';
import { goalText, measuredText, type Finding } from './report/finding';
import type { TranscriptScore } from './transcript-score';

export interface Quality {
  measuredOn: string;
  machine: Machine;
  findings: Finding[];
  transcript: TranscriptScore[];
  coverage: CoverageTotals;
  transcribedShare: number;
  outcomes: Outcome[];
}

/** What is promised of the time in which somebody speaks. */
export const LEAST_TRANSCRIBED_PERCENT = 98;

/** `docs/sample-meeting.md`: what was measured, on what, beside what is promised. */
export function samplePage(quality: Quality): string {
  const { machine, coverage } = quality;
  return [
    '# The sample meeting',
    'Written by `npm run bench -- sample`, which plays the sample meeting (`apps/standalone/sample`) in real time into a ' +
      'standalone system of its own, on local engines. These numbers are of one run on one machine; synthetic, clean ' +
      'voices are easier than a real room in noise and easier to confuse in sound.',
    markdownTable(
      ['machine', ''],
      [
        ['measured on', quality.measuredOn],
        ['processor', `${machine.cpu}, ${machine.cores} cores`],
        ['memory', `${machine.memoryGb} GB`],
        ['system', machine.system],
        ['Node.js', machine.node],
      ],
    ),
    '## Time and memory',
    markdownTable(
      ['', 'measured', 'promised', ''],
      quality.findings.map((one) => [one.what, measuredText(one), goalText(one), one.note ?? '']),
    ),
    '## Transcript',
    'Word errors against the script: wrong, missing and added words; case, punctuation and the spelling of numbers do not count.',
    markdownTable(
      ['speaker', 'words', 'errors', 'word error rate'],
      transcriptRows(quality.transcript),
    ),
    '## Coverage',
    'What became of every millisecond of audio that was received, all channels together.',
    markdownTable(['state', 'share'], coverageRows(coverage)),
    `Of the time in which the script has somebody speak, ${share(quality.transcribedShare)} lies in transcribed spans (promised: at least ${LEAST_TRANSCRIBED_PERCENT} %).`,
    '## What came of it',
    'Against `apps/standalone/sample/expected.json`.',
    markdownTable(
      ['', 'found', 'expected'],
      quality.outcomes.map(({ what, found, expected }) => [what, `${found}`, `${expected}`]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function transcriptRows(scores: TranscriptScore[]): string[][] {
  const all = scores.reduce(
    (sum, { words, errors }) => ({ words: sum.words + words, errors: sum.errors + errors }),
    { words: 0, errors: 0 },
  );
  return [...scores, { speaker: '**all**', ...all }].map(({ speaker, words, errors }) => [
    speaker,
    `${words}`,
    `${errors}`,
    share(words === 0 ? 0 : errors / words),
  ]);
}

function coverageRows(totals: CoverageTotals): string[][] {
  const states = [
    'transcribed',
    'silence',
    'filtered',
    'withheld',
    'pending',
    'shed',
    'lost',
  ] as const;
  const claimedMs = states.reduce((sum, state) => sum + totals[`${state}Ms`], 0);
  return [
    ...states.map((state) => [state, share(totals[`${state}Ms`] / totals.totalMs)]),
    ['**all**', share(claimedMs / totals.totalMs)],
  ];
}

export function share(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
