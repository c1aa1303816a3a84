import type { AnswerSource, SearchHit } from '@parley/contracts';

/** A stretch of speech or of a document that an answer may stand on. */
export interface Passage extends AnswerSource {
  /** All of it; the citation quotes its best sentence. */
  text: string;
  /** How well the quoted sentence answers by itself, from 0 to 1; 0 for a question. */
  answers: number;
}

export function passageOf(hit: SearchHit): Passage {
  const { text, score, citation, meetingId, documentId } = hit;
  return {
    text,
    citation,
    score,
    answers: citation.quote.trimEnd().endsWith('?') ? 0 : score,
    ...(meetingId === undefined ? {} : { meetingId }),
    ...(documentId === undefined ? {} : { documentId }),
  };
}

/** A passage as a client sees it. */
export function toSource({ text: _, answers: __, ...source }: Passage): AnswerSource {
  return source;
}
