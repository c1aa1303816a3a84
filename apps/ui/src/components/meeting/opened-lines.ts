import { findLine } from './find-line';
import type { SummaryLine } from './line-words';

/** A line that somebody writes. */
export interface OpenedLine {
  /** Stays, whatever becomes of the line. */
  key: string;
  /** As it is now, or was last. */
  line: SummaryLine;
  /** It was taken out; not out of the hands of who writes it. */
  gone: boolean;
}

export function withOpened(opened: readonly OpenedLine[], line: SummaryLine): OpenedLine[] {
  const nth = Math.max(0, ...opened.map(({ key }) => Number(key.slice(KEY.length)))) + 1;
  return [...opened, { key: `${KEY}${nth}`, line, gone: false }];
}

/** No id of a line begins so. */
const KEY = 'opened:';

/** The same lines in the next version of their section. */
export function followed(
  opened: readonly OpenedLine[],
  now: readonly SummaryLine[],
  before: readonly SummaryLine[],
): OpenedLine[] {
  return opened.map(({ key, line }) => {
    const found = findLine(line, now, before);
    return { key, line: found ?? line, gone: found === null };
  });
}
