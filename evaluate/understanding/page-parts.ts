export function inMs(ms: number | null): string {
  return ms === null ? 'not measured' : `${ms.toFixed(1)} ms`;
}

/** A table in Markdown. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
