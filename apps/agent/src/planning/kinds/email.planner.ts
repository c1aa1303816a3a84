import type { Planner } from '../draft';
import { asTitle, sentencesOf } from '../sentences';
import { addressees } from './addressees';

const WRITE_TO =
  /\b(?:write|send|draft|compose)\s+(?:an?\s+|the\s+)?e-?mails?\s+to\s+(?<to>.+?)(?:,?\s+(?:to|about|that|because)\s+(?<what>.+?))?[.?!]*$/i;
const EMAIL_THEM =
  /\b(?:to|please|should|will|'ll|can|could you|you|let us|let's)\s+e-?mail\s+(?<to>(?!to\b).+?)(?:,?\s+(?:to|about|that|because)\s+(?<what>.+?))?[.?!]*$/i;

export interface Wish {
  to: string;
  what?: string;
}

/** Somebody wants an email written. */
export function emailWish(sentence: string): Wish | null {
  const groups = (WRITE_TO.exec(sentence) ?? EMAIL_THEM.exec(sentence))?.groups;
  if (!groups?.to) return null;
  return { to: groups.to, ...(groups.what ? { what: groups.what } : {}) };
}

/** On a wish to write an email: a draft made of the words that were spoken, nothing else. */
export const planEmail: Planner = ({ line, participants }) => {
  for (const { text } of sentencesOf(line.segment.text)) {
    const wish = emailWish(text);
    if (!wish) continue;
    return {
      kind: 'email',
      text: `Write an email to ${wish.to}${wish.what ? `: ${wish.what}` : ''}`,
      arguments: {
        to: addressees(wish.to, participants),
        ...(wish.what ? { subject: asTitle(wish.what) } : {}),
        body: text,
      },
      confidence: 0.75,
      reasons: ['Somebody wants an email written.'],
      citations: [{ type: 'segment', id: line.segment.id, quote: text }],
    };
  }
  return null;
};
