import { QUOTING_SECTIONS, SUMMARY_SECTIONS, type Citation } from '@parley/contracts';
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

/** A summary without quotes; of one made of spoken sentences what was decided, who does what, and what people wrote. */
export function notesOf(sections: SummarySections, isSpoken: boolean): SummarySections {
  const notes = { ...sections };
  for (const section of SUMMARY_SECTIONS) {
    const isQuoted = isSpoken && QUOTING_SECTIONS.includes(section);
    notes[section] = sections[section]
      .filter((line) => !isQuoted || line.editedBy !== undefined)
      .map((line) => ({ ...line, citations: withoutSpoken(line.citations) }));
  }
  return notes;
}
