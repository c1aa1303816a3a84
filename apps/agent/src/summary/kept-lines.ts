import {
  SUMMARY_SECTIONS,
  type Citation,
  type SummaryLine,
  type SummarySection,
} from '@parley/contracts';
import type { SpokenLine } from '../planning/draft';
import { contentWords, overlap } from '../planning/sentences';
import type { SummarySections } from './extractive-summary';

/** A line that was made and that a person took out or replaced. */
export interface DismissedLine {
  section: SummarySection;
  text: string;
  segmentIds: string[];
}

/** Share of a line's words that what it cites must hold, as for lines by a model. */
const SUPPORT = 0.5;
const SAME = 0.7;

/**
 * A summary made anew, with what people wrote in the one before where it stood, and without what they took out. What
 * their lines cite is quoted as it reads now; a segment that is gone is cited no longer.
 */
export function withKeptLines(
  made: SummarySections,
  before: SummarySections | null,
  dismissed: readonly DismissedLine[],
  spoken: readonly SpokenLine[],
): SummarySections {
  const texts = new Map(spoken.map(({ segment }) => [segment.id, segment.text]));
  const sections = { ...made };
  for (const section of SUMMARY_SECTIONS) {
    const lines = made[section].filter(
      (line) => !dismissed.some((one) => one.section === section && isSameLine(line, one)),
    );
    before?.[section].forEach((line, at) => {
      if (line.editedBy !== undefined) {
        lines.splice(Math.min(at, lines.length), 0, quotedAnew(line, texts));
      }
    });
    sections[section] = numbered(section, lines);
  }
  return sections;
}

export function dismissedFrom(section: SummarySection, line: SummaryLine): DismissedLine {
  return { section, text: line.text, segmentIds: segmentsOf(line) };
}

/** What is cited of these segments, and whether it holds the words of the line. */
export function citing(
  text: string,
  segmentIds: readonly string[],
  texts: ReadonlyMap<string, string>,
): Pick<SummaryLine, 'citations' | 'supported'> {
  const citations = segmentIds.flatMap((id): Citation[] => {
    const quote = texts.get(id);
    return quote === undefined ? [] : [{ type: 'segment', id, quote }];
  });
  return { citations, supported: isHeld(text, citations) };
}

/** Lines that were made are numbered anew; a person's line keeps its id. */
export function numbered(section: SummarySection, lines: SummaryLine[]): SummaryLine[] {
  return lines.map((line, at) =>
    line.editedBy === undefined ? { ...line, id: `${section}-${at + 1}` } : line,
  );
}

function quotedAnew(line: SummaryLine, texts: ReadonlyMap<string, string>): SummaryLine {
  const citations = line.citations.flatMap((citation): Citation[] => {
    if (citation.type !== 'segment') return [citation];
    const now = texts.get(citation.id);
    if (now === undefined) return [];
    return [now.includes(citation.quote) ? citation : { ...citation, quote: now }];
  });
  return { ...line, citations, supported: isHeld(line.text, citations) };
}

function isHeld(text: string, citations: readonly Citation[]): boolean {
  if (citations.length === 0) return false;
  const said = new Set(citations.flatMap(({ quote }) => contentWords(quote)));
  const words = contentWords(text);
  return words.filter((word) => said.has(word)).length >= SUPPORT * words.length;
}

/** Corrected, a line says something else of the same segments; made by a model, the same of others. */
function isSameLine(line: SummaryLine, dismissed: DismissedLine): boolean {
  const ids = segmentsOf(line);
  const sameSegments =
    ids.length > 0 &&
    ids.length === dismissed.segmentIds.length &&
    ids.every((id) => dismissed.segmentIds.includes(id));
  return sameSegments || overlap(line.text, dismissed.text) >= SAME;
}

function segmentsOf({ citations }: SummaryLine): string[] {
  return citations.filter(({ type }) => type === 'segment').map(({ id }) => id);
}
