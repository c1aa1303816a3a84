import type { Citation } from './citation';

export const SUMMARY_SECTIONS = [
  'objectives',
  'keyPoints',
  'decisions',
  'tasks',
  'openQuestions',
] as const;
export type SummarySection = (typeof SUMMARY_SECTIONS)[number];

export interface SummaryLine {
  id: string;
  text: string;
  citations: Citation[];
  /** False when the verifier found no support for the line in what it cites. */
  supported: boolean;
  /** Only as spoken. */
  owner?: string;
  /** `YYYY-MM-DD`, only as spoken. */
  dueDate?: string;
}

export interface Summary {
  meetingId: string;
  version: number;
  status: 'rolling' | 'final' | 'edited';
  sections: Record<SummarySection, SummaryLine[]>;
  engine: string;
  degraded: boolean;
}
