import type { Summary } from '@parley/client';

/** Sections of a summary that a line can be noted in. */
export const MARKS = ['decisions', 'tasks'] as const;
export type Mark = (typeof MARKS)[number];

/** By line where the summary cites it: as text, so that a line whose marks stay is not drawn anew. */
export type LineMarks = ReadonlyMap<string, string>;

export function marksOf(summary: Summary | null): LineMarks {
  const marks = new Map<string, string>();
  for (const mark of MARKS) {
    const cited = (summary?.sections[mark] ?? []).flatMap(({ citations }) =>
      citations.flatMap(({ type, id }) => (type === 'segment' ? [id] : [])),
    );
    for (const id of new Set(cited)) marks.set(id, [marks.get(id), mark].filter(Boolean).join(' '));
  }
  return marks;
}

export function readMarks(text: string): Mark[] {
  const words = text.split(' ');
  return MARKS.filter((mark) => words.includes(mark));
}
