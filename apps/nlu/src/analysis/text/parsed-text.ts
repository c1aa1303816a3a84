import compromise from 'compromise';
import type { Span } from './span';

/** A word with its parts of speech, as compromise tags them. */
export interface Term extends Span {
  text: string;
  tags: ReadonlySet<string>;
  /** What stands between this word and the next: space, punctuation. */
  after: string;
}

export interface ParsedText {
  sentences: Term[][];
  people: Span[];
  organizations: Span[];
  places: Span[];
}

interface TermOfView {
  text: string;
  post?: string;
  tags?: Set<string>;
}

/** Tags the words and names of a text; the only place that knows compromise. */
export function parseText(text: string): ParsedText {
  const view = compromise(text);
  let position = 0;
  const sentences = (view as unknown as { docs: TermOfView[][] }).docs.map((terms) =>
    terms.flatMap((term): Term[] => {
      // The second half of a contraction ("I'll" = i + will) has no text of its own.
      const start = term.text ? text.indexOf(term.text, position) : -1;
      if (start < 0) return [];
      position = start + term.text.length;
      const { text: word, post = '', tags = new Set<string>() } = term;
      return [{ text: word, start, end: position, tags, after: post }];
    }),
  );
  return {
    sentences,
    people: spansOf(text, view.people()),
    organizations: spansOf(text, view.organizations()),
    places: spansOf(text, view.places()),
  };
}

function spansOf(text: string, view: { json(options: object): unknown }): Span[] {
  const found = view.json({ offset: true }) as { offset?: { start: number; length: number } }[];
  return found.flatMap(({ offset }) => {
    if (!offset) return [];
    const raw = text.slice(offset.start, offset.start + offset.length);
    const trimmed = raw.replace(/(?:['’]s)?[^\p{L}\p{N})]*$/u, '');
    const lead = /^[^\p{L}\p{N}]*/u.exec(trimmed)?.[0].length ?? 0;
    const start = offset.start + lead;
    const end = offset.start + trimmed.length;
    return end > start ? [{ start, end }] : [];
  });
}
