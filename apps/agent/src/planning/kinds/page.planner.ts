import type { Citation } from '@parley/contracts';
import type { Planner, SpokenLine } from '../draft';
import { asTitle, sentencesOf } from '../sentences';

const PLACE = String.raw`(?:the\s+|our\s+)?(?:company\s+|team\s+)?(?:wiki|notion|confluence|handbook|knowledge\s+base)`;
/** A report of what was done is no wish: "we put it into the wiki last week". */
const WISH = String.raw`(?:^|,\s+|\b(?:should|will|'ll|must|can|could|please|let us|let's|(?:need|have|want|like) to)\s+(?:\w+\s+)??)`;
const WRITE_DOWN = new RegExp(
  String.raw`${WISH}(?:write|put|add|note|document|collect|save|record)\s+(?<what>.{2,120}?)\s+(?:up\s+|down\s+)?(?:in|on|into|to)\s+${PLACE}\b`,
  'i',
);
const MAKE_PAGE = new RegExp(
  String.raw`${WISH}(?:create|make|start|write|add|open)\s+(?:an?\s+|another\s+)?(?:new\s+)?(?:wiki|notion|confluence)\s+page\s+(?:about|for|on|with)\s+(?<what>.{2,120}?)[.?!]*$`,
  'i',
);
/** What is meant was said just before. */
const POINTS_BACK = /^(?:it|this|that|these|those|them|all (?:of )?(?:it|this|that))$/i;
const LONGEST_TITLE = 200;

/** Somebody wants something written where people look it up. @returns what, in their words */
export function pageWish(sentence: string): string | null {
  const found = WRITE_DOWN.exec(sentence) ?? MAKE_PAGE.exec(sentence);
  return found?.groups?.what ?? null;
}

/** On a wish to have something in the wiki: a page of the words that were spoken, or of those said right before them. */
export const planPage: Planner = ({ line, recent }) => {
  for (const { text } of sentencesOf(line.segment.text)) {
    const what = pageWish(text);
    if (!what) continue;
    const pointsBack = POINTS_BACK.test(what);
    const before = pointsBack ? recent.at(-1) : undefined;
    const body = before?.segment.text ?? text;
    const title = asTitle(pointsBack ? lastSentence(body) : what).slice(0, LONGEST_TITLE);
    return {
      kind: 'page',
      text: `Write a page: ${title}`,
      arguments: { title, body },
      confidence: 0.7,
      reasons: ['Somebody wants it written where it can be looked up.'],
      citations: [quoted(line, text), ...(before ? [quoted(before, body)] : [])],
    };
  }
  return null;
};

function lastSentence(text: string): string {
  return sentencesOf(text).at(-1)?.text ?? text;
}

function quoted({ segment }: SpokenLine, quote: string): Citation {
  return { type: 'segment', id: segment.id, quote };
}
