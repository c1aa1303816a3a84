import type { Citation } from '@parley/contracts';
import type { Draft } from '../planning/draft';
import type { SummarySections } from '../summary/extractive-summary';

/** Documents may be quoted; what somebody said may not. */
function withoutSpoken(citations: Citation[]): Citation[] {
  return citations.filter(({ type }) => type !== 'segment');
}

/** Suggestions without quotes; a question that somebody asked is one as a whole. */
export function draftsWithoutWords(drafts: Draft[]): Draft[] {
  return drafts
    .filter(({ kind }) => kind !== 'question')
    .map((draft) => ({ ...draft, citations: withoutSpoken(draft.citations) }));
}

/** A summary without quotes; of one made of spoken sentences only what was decided and who does what. */
export function notesOf(sections: SummarySections, isSpoken: boolean): SummarySections {
  const notes = Object.fromEntries(
    Object.entries(sections).map(([section, lines]) => [
      section,
      lines.map((line) => ({ ...line, citations: withoutSpoken(line.citations) })),
    ]),
  ) as SummarySections;
  return isSpoken ? { ...notes, objectives: [], keyPoints: [], openQuestions: [] } : notes;
}
