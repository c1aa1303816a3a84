import type { Citation } from './citation';

export const SEARCH_MODES = ['hybrid', 'vector', 'keyword'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

export interface SearchHit {
  chunkId: string;
  documentId?: string;
  meetingId?: string;
  text: string;
  score: number;
  scores: { vector?: number; keyword?: number; fused: number };
  citation: Citation;
}
