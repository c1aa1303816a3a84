import { MIN_WORDS, SURE } from '../../apps/nlu/src/refinement/doubt';
import { percentile } from '../../bench/percentile';
import type { IntentComparison, IntentQuality } from './evaluate-intents';
import { markdownTable } from '../../bench/markdown-table';
import { inMs } from './page-parts';

/** What is promised of the p95 of one analysis. */
export const MOST_ANALYSIS_MS = 40;

/** What the page says of intents: what ships and the rules it was learnt beside, on what was held out. */
export function intentSections({ comparisons, analysisMs }: IntentQuality): string[] {
  return [
    'A classifier learnt from labelled utterances, which has the cue tables of the rules among its features ' +
      '(`npm run train -- intents`, `apps/nlu/training`), beside those rules alone. No text of these sets stands among what ' +
      'was learnt from, whatever its case and marks. The calibration error says by how much confidence and share of right answers differ (0: not at all).',
    markdownTable(
      ['utterances', 'of', 'by', 'right', 'macro-F1', 'calibration error'],
      comparisons.flatMap(({ set, utterances, learnt, alone, rules }) =>
        [
          { by: 'learnt (ships)', of: learnt },
          ...(alone ? [{ by: 'the same, not told what was said before', of: alone }] : []),
          { by: 'rules alone', of: rules },
        ].map(({ by, of }) => [
          set,
          `${utterances}`,
          by,
          `${(of.right * 100).toFixed(1)} %`,
          of.macroF1.toFixed(3),
          of.calibrationError.toFixed(3),
        ]),
      ),
    ),
    'The utterances are written by one author, many to be mistaken for another intent (reported speech, conditions, ' +
      'negations, suggestions, questions about tasks); those of real meetings are from five QMSum meetings that nothing ' +
      'was learnt from, labelled by the same author, rare intents drawn more often than they come. Each set is small: a ' +
      'hundred utterances say a macro-F1 to about 0.06, and on real meetings models that differ little in what they ' +
      'learnt from gave 0.74 to 0.83. The rules are perfect on the earlier set because ' +
      'it was written beside them.',
    'Exchanges are an utterance and its answer, or the two halves of one that a pause cut (`exchanges.jsonl`): what such ' +
      'an answer is hangs on what was asked. Meetings 8 to 10 of them are held out; one author wrote them all, so real ' +
      'answers will be recognised less often. Which signs are kept was decided with the figures of the real meetings in ' +
      'view, so that they do not get worse by them.',
    ...comparisons.slice(0, 3).map(byIntent),
    `Where the classifier is less sure than ${SURE}, a language model decides, if one is configured; of utterances of fewer ` +
      `than ${MIN_WORDS} words it is never asked. What the classifier is right about by itself (no model was measured):`,
    doubtTable(comparisons.slice(0, 3)),
    `p95 of one analysis ${inMs(percentile(analysisMs, 95))} (promised: ${MOST_ANALYSIS_MS} ms), on whatever else the machine did then.`,
    'Vectors of the local sentence encoder as further features gave 0.79 to 0.81 where words alone gave 0.72 ' +
      '(cross-validation while this was built), and took 22 ms at the median and 41 ms at the 95th percentile for one ' +
      'utterance on a machine with twelve programs waiting for two cores: not shipped, because it does not fit into the ' +
      `${MOST_ANALYSIS_MS} ms there. A quiet machine was not measured.`,
  ];
}

function doubtTable(comparisons: readonly IntentComparison[]): string {
  return markdownTable(
    ['utterances', 'of', 'in doubt', 'of those right', 'of the others right'],
    comparisons.map(({ set, utterances, learnt: { doubt } }) => [
      set,
      `${utterances}`,
      ...[doubt.inDoubt, doubt.rightInDoubt, doubt.rightElse].map(
        (share) => `${(share * 100).toFixed(1)} %`,
      ),
    ]),
  );
}

function byIntent({ set, learnt, rules }: IntentComparison): string {
  return markdownTable(
    [`${set}: intent`, 'utterances', 'precision', 'recall', 'F1', 'F1 of the rules'],
    learnt.scores.map(({ intent, utterances, precision, recall, f1 }) => [
      intent,
      `${utterances}`,
      precision.toFixed(2),
      recall.toFixed(2),
      f1.toFixed(2),
      rules.scores.find((one) => one.intent === intent)?.f1.toFixed(2) ?? '',
    ]),
  );
}
