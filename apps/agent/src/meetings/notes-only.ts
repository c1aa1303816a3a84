import { SUMMARY_SECTIONS, type Citation, type SummarySection } from '@parley/contracts';
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

/** Of a summary made of spoken sentences these are nothing but what was said, unless a person wrote a line. */
const SPOKEN_SECTIONS: readonly SummarySection[] = ['objectives', 'keyPoints', 'openQuestions'];

/** A summary without quotes; of one made of spoken sentences what was decided, who does what, and what people wrote. */
export function notesOf(sections: SummarySections, isSpoken: boolean): SummarySections {
  const notes = { ...sections };
  for (const section of SUMMARY_SECTIONS) {
    const isQuoted = isSpoken && SPOKEN_SECTIONS.includes(section);
    notes[section] = sections[section]
      .filter((line) => !isQuoted || line.editedBy !== undefined)
      .map((line) => ({ ...line, citations: withoutSpoken(line.citations) }));
  }
  return notes;
}
