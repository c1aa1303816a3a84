import { plainInline } from './markdown-inline';

const RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** Tells whether a table starts with `line`, by the rule below it. */
export function startsTable(line: string, next: string | undefined): boolean {
  return line.includes('|') && next !== undefined && next.includes('-') && RULE.test(next);
}

/** The rows of a Markdown table, of which the second is the rule, as sentences. */
export function tableSentences(rows: string[]): string[] {
  const [head = '', , ...body] = rows;
  return rowSentences(cells(head), body.map(cells));
}

/** Each row as a sentence that repeats the column's names, so that it is understood alone. */
export function rowSentences(names: string[], rows: string[][]): string[] {
  return rows
    .map((row) =>
      row
        .map((cell, column) => (cell && names[column] ? `${names[column]}: ${cell}` : cell))
        .filter((cell) => cell !== '')
        .join('; '),
    )
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`));
}

function cells(row: string): string[] {
  const inner = row.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map(plainInline);
}
