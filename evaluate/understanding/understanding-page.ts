import type { Machine } from '../../bench/machine';
import { percentile } from '../../bench/percentile';
import { costSections, type TokenPrice } from './cost/cost-page';
import type { CostQuality } from './cost/evaluate-cost';
import { citationSections } from './citation-page';
import type { IntentQuality } from './evaluate-intents';
import {
  LEARNED,
  PLAIN,
  SHIPPED,
  type RetrievalQuality,
  type RetrievalRow,
} from './evaluate-retrieval';
import { intentSections } from './intent-page';
import { linkSections } from './link-page';
import { markdownTable } from '../../bench/markdown-table';
import { inMs } from './page-parts';
import type { SampleQuality } from './evaluate-sample';
import type { TopicQuality } from './topics/evaluate-topics';
import { topicSections } from './topics/topic-page';
import { gainOver, mean, type Measure } from './retrieval-score';

export interface UnderstandingQuality {
  measuredOn: string;
  machine: Machine;
  retrieval: RetrievalQuality;
  intents: IntentQuality;
  topics: TopicQuality | null;
  sample: SampleQuality;
  cost: CostQuality;
  price: TokenPrice;
}

/** What is promised: of recall@5 and MRR beside plain BM25, and of decisions and tasks. */
export const LEAST_GAIN_PERCENT = 20;
export const LEAST_F1 = 0.8;

const MEASURES: [Measure, string][] = [
  ['at5', 'recall@5'],
  ['at10', 'recall@10'],
  ['reciprocalRank', 'MRR'],
  ['ndcg', 'nDCG@10'],
];

/** `docs/understanding-quality.md`: what was measured, beside what is promised. */
export function understandingPage(quality: UnderstandingQuality): string {
  const { machine, retrieval, intents, topics, sample, cost, price, measuredOn } = quality;
  const questions = retrieval.everywhere[0]?.scores.length ?? 0;
  return [
    '# How well Parley finds and understands',
    `Written by \`npm run evaluate -- understanding\` on ${measuredOn}: ${machine.cpu}, ${machine.cores} cores, ` +
      `${machine.system}, Node.js ${machine.node}. Local engines only. A path to more meetings in QMSum’s form is ` +
      'measured the same way: `npm run evaluate -- understanding <path>`.',
    '## Finding what was said',
    `${retrieval.meetings} real meetings (QMSum: \`evaluate/understanding/qmsum\`) are held by the events that asr ` +
      `would send, become ${retrieval.chunks} chunks, and ${questions} questions are asked by \`POST /v1/search\`. A ` +
      'hit is a chunk with a turn that people marked as evidence; recall@5 is the share of questions with a hit ' +
      'among the first five. Plain BM25 (k1 1.2, b 0.75, lower-cased words) ranks the same chunks in the same run.',
    `The weights that ship were chosen on these meetings, so their row flatters them. “${LEARNED}” flatters less: for ` +
      'each meeting, the three weights are learnt on the questions about all others. It is not untouched data either: ' +
      'the shape of the sum, the window of five, the distance of three, the mean of the sentences and the words of ' +
      'asking were picked from some 250 variants tried on all of these meetings. Meetings that nobody looked at would ' +
      'give less; measure your own with a path.',
    '### All meetings together',
    rankingTable(retrieval.everywhere),
    gainTable(retrieval.everywhere),
    'Relative to plain BM25 on the same questions; the interval is what 95 of 100 other draws of meetings would give ' +
      `(paired bootstrap). Promised: at least ${LEAST_GAIN_PERCENT} % in recall@5 and MRR. nDCG counts every chunk of a long stretch of ` +
      'evidence; Parley lists one chunk of a stretch before its neighbours, which costs nDCG and gains recall.',
    learnedLine(retrieval),
    '### Only the meeting that is asked about',
    rankingTable(retrieval.rightMeeting),
    '### Time',
    markdownTable(
      ['', 'measured', 'promised'],
      [
        ['search over HTTP, p50', inMs(percentile(retrieval.searchMs, 50)), ''],
        [
          'search over HTTP, p95',
          inMs(percentile(retrieval.searchMs, 95)),
          '25 ms on a PostgreSQL server',
        ],
        [
          'indexing with vectors',
          `${retrieval.chunksPerSecond.toFixed(1)} chunks/s`,
          '30 chunks/s on 2 quiet cores',
        ],
      ],
    ),
    'On the embedded PostgreSQL, in one process with the model; `docs/understanding-quality.md` is only as quiet as the ' +
      'machine was: times depend on what else ran.',
    ...citationSections(retrieval.citations, sample),
    '## Decisions and tasks',
    `Of the sample meeting, from its script, by nlu and the extractive summary; promised: F1 of ${LEAST_F1}. Some of ` +
      'what intents are learnt from was written after looking at mistakes on this meeting, so these rows flatter.',
    markdownTable(
      ['', 'expected', 'found', 'written', 'precision', 'recall', 'F1'],
      sample.scores.map((score) => [
        score.what,
        `${score.expected}`,
        `${score.found}`,
        `${score.written}`,
        score.precision.toFixed(2),
        score.recall.toFixed(2),
        score.f1.toFixed(2),
      ]),
    ),
    '## Intents',
    ...intentSections(intents),
    '## Who and what is meant',
    ...linkSections(),
    '## Where topics begin',
    ...topicSections(topics),
    ...costSections(cost, price),
    '## Not measured',
    'How good answers and summaries by a model or hits of a re-ranking model are, and documents: the questions are about meetings.',
  ]
    .join('\n\n')
    .concat('\n');
}

function rankingTable(rows: RetrievalRow[]): string {
  return markdownTable(
    ['', ...MEASURES.map(([, name]) => name)],
    rows.map(({ name, scores }) => [
      name,
      ...MEASURES.map(([measure]) => mean(scores, measure).toFixed(3)),
    ]),
  );
}

function gainTable(rows: RetrievalRow[]): string {
  const plain = rows.find(({ name }) => name === PLAIN)?.scores ?? [];
  return markdownTable(
    ['better than plain BM25', 'recall@5', '95 %', 'MRR', '95 %'],
    rows
      .filter(({ name }) => name === SHIPPED || name === LEARNED)
      .map(({ name, scores }) => [
        name,
        ...(['at5', 'reciprocalRank'] as const).flatMap((measure) => {
          const { relative, from, to } = gainOver(scores, plain, measure);
          return [percent(relative), `${percent(from)} to ${percent(to)}`];
        }),
      ]),
  );
}

function learnedLine({ learned }: RetrievalQuality): string {
  const range = (of: (weights: (typeof learned)[number]) => number): string => {
    const values = learned.map(of);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return least === most ? `${least}` : `${least} to ${most}`;
  };
  return (
    `Learnt weights, from fold to fold: around ${range(({ around }) => around)}, meaning ` +
    `${range(({ meaning }) => meaning)}, repeated ${range(({ repeated }) => repeated)}.`
  );
}

function percent(part: number): string {
  return `${part >= 0 ? '+' : '−'}${Math.abs(part * 100).toFixed(0)} %`;
}
