import type { Passage } from './passage';

/** Chosen beforehand, not swept: the sample meeting's listed questions come out right with it. */
export const LEAST_ANSWERING = 0.5;
const SENTENCES_AT_MOST = 3;
/** A further sentence must answer nearly as well as the best. */
const NEARLY = 0.85;

/** The sources' own sentences that answer, in the order in which they were said; none when nothing does. */
export function extractiveAnswer(passages: Passage[]): Passage[] {
  const best = Math.max(0, ...passages.map(({ answers }) => answers));
  if (best < LEAST_ANSWERING) return [];
  const least = Math.max(LEAST_ANSWERING, NEARLY * best);
  const quotes = new Set<string>();
  return passages
    .filter(({ answers }) => answers >= least)
    .sort((a, b) => b.answers - a.answers)
    .filter(({ citation }) => !quotes.has(citation.quote) && quotes.add(citation.quote))
    .slice(0, SENTENCES_AT_MOST)
    .sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0));
}
