import { markdownTable } from '../../bench/markdown-table';
import { citedShare, type CitedHit } from './citation-score';
import type { CitationQuality } from './evaluate-retrieval';
import type { SampleQuality } from './evaluate-sample';

/** From this meeting on they are also shown by themselves. */
const SECOND_HALF = 5;

/** Whether what is cited says what it is cited for. */
export function citationSections(
  { first, all, cited, verbatim }: CitationQuality,
  sample: SampleQuality,
): string[] {
  const later = all.filter(({ meeting }) => meeting >= SECOND_HALF);
  return [
    '## Citations',
    markdownTable(
      ['', 'of', 'share', '95 %'],
      [
        row('quoted letter for letter from the segment that is named', verbatim, cited),
        hitRow('of the first five hits, those with evidence: the cited segment is evidence', first),
        hitRow('the same of the first fifty hits', all),
        hitRow('the same of the first fifty hits, meetings 6 to 10', later),
        row(
          'summary lines of the sample meeting whose citation holds their words',
          sample.supported,
          sample.lines,
        ),
      ],
    ),
    'Promised: 95 %. A hit is some segments, of which one is cited: the one that holds most of what was asked, and of those ' +
      'that hold as much the one on the side where the chunks beside it say more of it, or the longer one. Only hits at ' +
      'the edge of a stretch of evidence can be cited wrongly. The signs, and how much the side and the length ' +
      'count, were chosen with all ten meetings in view: those of meetings 6 to 10 are shown by themselves, but nothing is ' +
      'held out. The interval is a bootstrap over meetings.',
  ];
}

function hitRow(what: string, hits: CitedHit[]): string[] {
  const { exact, of, from, to } = citedShare(hits);
  return [...row(what, exact, of).slice(0, 3), `${percent(from)} to ${percent(to)}`];
}

function row(what: string, part: number, of: number): string[] {
  return [what, `${of}`, of === 0 ? 'not measured' : percent(part / of), ''];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
