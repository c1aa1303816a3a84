import type { Passage } from '@parley/client';

/** A stretch of a document below one heading on one page. */
export interface Section {
  page: number | undefined;
  headings: string[];
  passages: { id: string; text: string }[];
}

/** A sentence is repeated from passage to passage only when it is no longer than this. */
const LONGEST_REPEAT = 600;
/** Fewer letters in common are chance. */
const SHORTEST_REPEAT = 12;

/** The document as it is read: passages below their headings, and what neighbours share once, with the cited one whole. */
export function sectionsOf(passages: Passage[], cited: string | null): Section[] {
  const sections: Section[] = [];
  for (const { id, text, headings, page } of passages) {
    const last = sections.at(-1);
    if (!last || last.page !== page || last.headings.join('\n') !== headings.join('\n')) {
      sections.push({ page, headings, passages: [{ id, text }] });
      continue;
    }
    const before = last.passages.at(-1);
    const shared = before ? sharedLength(before.text, text) : 0;
    if (before && id === cited) before.text = before.text.slice(0, before.text.length - shared);
    last.passages.push({ id, text: id === cited ? text : text.slice(shared) });
  }
  return sections;
}

/** How much of the end of one text is the beginning of the next. */
function sharedLength(before: string, next: string): number {
  for (let length = Math.min(LONGEST_REPEAT, before.length, next.length); ; length -= 1) {
    if (length < SHORTEST_REPEAT) return 0;
    if (before.endsWith(next.slice(0, length))) return length;
  }
}
