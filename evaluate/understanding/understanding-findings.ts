import { percentile } from '../../bench/percentile';
import type { Finding, Plot } from '../../bench/report/finding';
import { citedShare, type CitedHit } from './citation-score';
import { LEARNED, PLAIN, SHIPPED, type RetrievalRow } from './evaluate-retrieval';
import { gainOver, mean, type Measure } from './retrieval-score';
import { topicFindings } from './topics/topic-page';
import { MOST_ANALYSIS_MS } from './intent-page';
import { LEAST_F1, LEAST_GAIN_PERCENT, type UnderstandingQuality } from './understanding-page';

const LEAST_CITED_RIGHT_PERCENT = 95;

export function understandingFindings(quality: UnderstandingQuality): Finding[] {
  const { retrieval, intents, topics, sample } = quality;
  const plain = retrieval.everywhere.find(({ name }) => name === PLAIN);
  const ours = retrieval.everywhere.filter(({ name }) => name === SHIPPED || name === LEARNED);
  return [
    ...(plain ? ours : []).flatMap((row) => [
      gain(row, plain?.scores ?? [], 'at5', 'recall@5'),
      gain(row, plain?.scores ?? [], 'reciprocalRank', 'MRR'),
    ]),
    citedFinding(
      'hits with evidence whose cited segment is evidence itself',
      retrieval.citations.first,
    ),
    citedFinding('the same, of the first fifty hits', retrieval.citations.all),
    ...sample.scores.map(({ what, f1 }) => ({
      what: `F1 of ${what} in the sample meeting`,
      measured: f1,
      unit: '',
      goal: { atLeast: LEAST_F1 },
    })),
    {
      what: 'analysis of an utterance, p95',
      measured: percentile(intents.analysisMs, 95),
      unit: 'ms',
      goal: { atMost: MOST_ANALYSIS_MS },
    },
    ...intents.comparisons.map(({ set, learnt, rules }) => ({
      what: `macro-F1 of intents: ${set}`,
      measured: learnt.macroF1,
      unit: '',
      baseline: { name: 'rules alone', value: rules.macroF1 },
    })),
    ...topicFindings(topics),
  ];
}

export function understandingPlots({ retrieval }: UnderstandingQuality): Plot[] {
  return [
    {
      kind: 'bars',
      id: 'retrieval',
      title: 'Questions with evidence among the first five hits',
      unit: 'recall@5',
      bars: retrieval.everywhere.map(({ name, scores }) => ({
        name: name.replaceAll('`', ''),
        value: mean(scores, 'at5'),
      })),
    },
  ];
}

function citedFinding(what: string, hits: CitedHit[]): Finding {
  const { exact, of, share, from, to } = citedShare(hits);
  return {
    what,
    measured: share * 100,
    unit: '%',
    goal: { atLeast: LEAST_CITED_RIGHT_PERCENT },
    spread: { low: from * 100, high: to * 100, of: 'in 95 of 100 draws of meetings' },
    note: `${exact} of ${of}`,
  };
}

function gain(
  { name, scores }: RetrievalRow,
  plain: RetrievalRow['scores'],
  measure: Measure,
  what: string,
): Finding {
  const { relative, from, to } = gainOver(scores, plain, measure);
  return {
    what: `${what}, better than plain BM25: ${name}`,
    measured: relative * 100,
    unit: '%',
    goal: { atLeast: LEAST_GAIN_PERCENT },
    spread: { low: from * 100, high: to * 100, of: 'in 95 of 100 draws of meetings' },
    note: `${mean(scores, measure).toFixed(3)} beside ${mean(plain, measure).toFixed(3)}`,
  };
}
