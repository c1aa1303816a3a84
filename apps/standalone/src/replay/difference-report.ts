import { harmless, type Style } from '../terminal/style';
import { PARTS, type Difference, type Part } from './compare-results';
import type { ReplayResult } from './replay-result';

const MARKS = { missing: '-', new: '+', changed: '~' } as const;
const WHERE_WIDTH = 14;

/**
 * What came out, part by part, and below each what is different: for people.
 * @param differences null when there was nothing to compare with
 */
export function differenceReport(
  { lines, suggestions, summary, coverage }: ReplayResult,
  differences: Difference[] | null,
  style: Style,
): string[] {
  const insights = lines.filter(({ insight }) => insight !== null);
  const seconds = ((coverage.total ?? 0) / 1_000).toFixed(1);
  const sizes: Record<Part, string> = {
    transcript: `${lines.length} lines`,
    insights: `${insights.length}`,
    suggestions: `${suggestions.length}, with their citations`,
    summary: `${summary.length} lines`,
    coverage: `${seconds} s of audio`,
  };
  return PARTS.flatMap((part) => {
    const name = part.padEnd(12);
    if (differences === null) return [`  ${name} ${sizes[part]}`];
    const own = differences.filter((difference) => difference.part === part);
    const verdict = own.length === 0 ? 'the same' : style.bold(counted(own));
    return [
      `  ${name} ${verdict} ${style.dim(`(${sizes[part]})`)}`,
      ...own.flatMap((difference) => described(difference, style)),
    ];
  });
}

function counted(differences: Difference[]): string {
  return (['missing', 'new', 'changed'] as const)
    .map((what) => ({ what, count: differences.filter((one) => one.what === what).length }))
    .filter(({ count }) => count > 0)
    .map(({ what, count }) => `${count} ${what}`)
    .join(', ');
}

function described({ what, where, text, details }: Difference, style: Style): string[] {
  return [
    `    ${MARKS[what]} ${harmless(where).padEnd(WHERE_WIDTH)} ${harmless(text)}`,
    ...details.map((detail) => style.dim(`        ${harmless(detail)}`)),
  ];
}
