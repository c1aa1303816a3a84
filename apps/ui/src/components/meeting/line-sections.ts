import type { Summary } from '@parley/client';

/** Sections of a summary that a line can be noted in. */
export const NOTED = ['decisions', 'tasks'] as const;
export type NotedSection = (typeof NOTED)[number];

/** By line where the summary cites it: as text, so that a line whose sections stay is not drawn anew. */
export type LineSections = ReadonlyMap<string, string>;

export function sectionsOf(summary: Summary | null): LineSections {
  const sections = new Map<string, string>();
  for (const section of NOTED) {
    const cited = (summary?.sections[section] ?? []).flatMap(({ citations }) =>
      citations.flatMap(({ type, id }) => (type === 'segment' ? [id] : [])),
    );
    for (const id of new Set(cited))
      sections.set(id, [sections.get(id), section].filter(Boolean).join(' '));
  }
  return sections;
}

export function readSections(text: string): NotedSection[] {
  const words = text.split(' ');
  return NOTED.filter((section) => words.includes(section));
}
