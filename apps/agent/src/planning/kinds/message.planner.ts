import type { Planner } from '../draft';
import { sentencesOf } from '../sentences';
import { addressees } from './addressees';
import type { Wish } from './email.planner';

const LET_KNOW =
  /\blet\s+(?<to>(?!us\b|me\b|you\b).+?)\s+know(?:\s+(?:that|about)?\s*(?<what>.+?))?[.?!]*$/i;
const TELL =
  /\b(?:should|will|'ll|can you|could you|please|let us|let's|need to|want to|like to)\s+(?:tell|message|notify|inform|ping)\s+(?<to>(?:the\s+)?[\w-]+(?:\s+(?:team|customers?|group|channel))?)(?:\s+(?:that|about)?\s*(?<what>.+?))?[.?!]*$/i;
const POST =
  /\b(?:post|send|write)\s+(?:it|this|that|an?\s+(?:message|note|update))\s+(?:to|in)\s+(?<to>.+?)(?:\s+(?:that|about)\s+(?<what>.+?))?[.?!]*$/i;

/** Somebody wants others to be told. */
export function messageWish(sentence: string): Wish | null {
  const found = LET_KNOW.exec(sentence) ?? TELL.exec(sentence) ?? POST.exec(sentence);
  const groups = found?.groups;
  if (!groups?.to) return null;
  return { to: groups.to, ...(groups.what ? { what: groups.what } : {}) };
}

/** On a wish to tell somebody something: a message made of the words that were spoken. */
export const planMessage: Planner = ({ line, participants }) => {
  for (const { text } of sentencesOf(line.segment.text)) {
    const wish = messageWish(text);
    if (!wish) continue;
    return {
      kind: 'message',
      text: `Tell ${wish.to}${wish.what ? `: ${wish.what}` : ''}`,
      arguments: { to: addressees(wish.to, participants), body: wish.what ?? text },
      confidence: 0.7,
      reasons: ['Somebody wants others to be told.'],
      citations: [{ type: 'segment', id: line.segment.id, quote: text }],
    };
  }
  return null;
};
