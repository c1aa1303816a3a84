import { markdownTable } from '../../bench/markdown-table';
import { scoreLinks } from '../../apps/nlu/src/linking/test-data/link-scores';
import { LINKED_MEETINGS } from '../../apps/nlu/src/linking/test-data/meetings';

/** What the page says of mentions of one person, organisation, place, date or sum. */
export function linkSections(): string[] {
  const scores = LINKED_MEETINGS.map(scoreLinks);
  const sum = (part: 'expected' | 'right' | 'wrong'): number =>
    scores.reduce((total, score) => total + score[part], 0);
  const [expected, right, wrong] = [sum('expected'), sum('right'), sum('wrong')];
  return [
    `Pairs of mentions that are of the same, in ${LINKED_MEETINGS.length} short meetings with two people of one name, ` +
      'names that sound alike, and companies whose names begin alike ' +
      '(`apps/nlu/src/linking/test-data`). One author wrote them beside the rules, so they flatter; real meetings were not measured.',
    markdownTable(
      ['pairs', 'linked', 'of those wrong', 'precision', 'recall'],
      [
        [
          `${expected}`,
          `${right + wrong}`,
          `${wrong}`,
          (right / (right + wrong)).toFixed(3),
          (right / expected).toFixed(3),
        ],
      ],
    ),
  ];
}
