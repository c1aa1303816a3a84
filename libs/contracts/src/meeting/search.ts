import type { Citation } from './citation';

export const SEARCH_MODES = ['hybrid', 'vector', 'keyword'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

export interface SearchHit {
  chunkId: string;
  documentId?: string;
  meetingId?: string;
  text: string;
  /**
   * How much of what was asked it holds, from 0 to 1, comparable between queries. Items are ordered by
   * `scores.fused`, which says nothing about whether the best one is any good; this does.
   */
  score: number;
  scores: { vector?: number; keyword?: number; fused: number };
  citation: Citation;
}

/** A hit below this score is a stray match, not an answer. */
export const WEAK_HIT_SCORE = 0.4;

export interface SearchResults {
  items: SearchHit[];
  /** The configured embedding model failed: found by words only. */
  degraded: boolean;
}
