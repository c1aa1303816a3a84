import type { SuggestionKind } from '@parley/contracts';
import type { Draft } from './draft';
import { contentWords, overlap } from './sentences';

/** What is known of a suggestion that a meeting has already. */
export interface EarlierSuggestion {
  kind: SuggestionKind;
  text: string;
  /** Where in the meeting its cause was spoken. */
  atMs: number;
  confidence: number;
}

export interface NoveltyRules {
  cooldownMs: number;
  mostPerMeeting: number;
}

const SAME = 0.6;
/** What Parley volunteers may wait; what somebody took on or wished for may not be dropped. */
const VOLUNTEERED: readonly SuggestionKind[] = ['fact', 'question'];

/** Equal for suggestions that say the same in another order or inflection. */
export function dedupeKey(draft: Draft): string {
  return [...new Set(contentWords(draft.text))].sort().join(' ').slice(0, 300) || draft.text;
}

/** Tells whether a draft is worth showing beside what is there already. */
export function isNew(
  draft: Draft,
  atMs: number,
  earlier: EarlierSuggestion[],
  rules: NoveltyRules,
): boolean {
  if (earlier.length >= rules.mostPerMeeting) return false;
  return earlier
    .filter(({ kind }) => kind === draft.kind)
    .every((one) => {
      if (overlap(one.text, draft.text) >= SAME) return false;
      const coolingDown =
        VOLUNTEERED.includes(draft.kind) && Math.abs(atMs - one.atMs) < rules.cooldownMs;
      return !coolingDown || draft.confidence > one.confidence;
    });
}
