import type { Participant, Segment } from '@parley/contracts';

/** Somebody has taken on, or was given, something to do. */
export interface Commitment {
  /** The verb phrase, as spoken: "send the report to Maria by Friday". */
  what: string;
  /** Only if it was said. */
  owner?: string;
}

const MODAL = String.raw`(?:will|'ll|am going to|'m going to|is going to|shall)`;
const I_WILL = new RegExp(
  String.raw`\bI(?: ${MODAL}|${MODAL})\s+(?:also\s+|then\s+)?(?<what>.+)`,
  'i',
);
const SOMEONE_SHOULD =
  /\b(?:someone|somebody|we)\s+(?:also\s+|really\s+|still\s+)?(?:should|needs? to|must|has to|have to|ought to)\s+(?:also\s+|then\s+)?(?<what>.+)/i;
const ASKED = /\b(?:can|could|would|will) you(?: please)?\s+(?<what>.+?)\??$/i;
const NOT_DONE = /^(not|never|be\b|have to see|see\b|think|say|agree|miss)/i;

/** Finds the commitment in a sentence: the speaker's own, a named person's, or nobody's yet. */
export function commitmentIn(
  sentence: string,
  segment: Segment,
  participants: Participant[],
): Commitment | null {
  const text = sentence.replace(/[.!]+$/, '');
  const own = I_WILL.exec(text)?.groups?.what;
  if (own && !NOT_DONE.test(own)) {
    return { what: own, ...(segment.speaker ? { owner: segment.speaker.name } : {}) };
  }
  const named = namedCommitment(text, participants);
  if (named && !NOT_DONE.test(named.what)) return named;
  const asked = ASKED.exec(text);
  if (asked?.groups?.what) {
    const addressed = nameAt(text.slice(0, asked.index), participants);
    return { what: asked.groups.what, ...(addressed ? { owner: addressed } : {}) };
  }
  const open = SOMEONE_SHOULD.exec(text)?.groups?.what;
  return open && !NOT_DONE.test(open) ? { what: open } : null;
}

function namedCommitment(text: string, participants: Participant[]): Commitment | null {
  const pattern = new RegExp(
    String.raw`\b(?<name>\p{Lu}\p{Ll}+)(?: ${MODAL}|${MODAL}| should| needs to| has to| is to)\s+(?:also\s+|then\s+)?(?<what>.+)`,
    'u',
  );
  const groups = pattern.exec(text)?.groups;
  if (!groups?.name || !groups.what) return null;
  const known = participants.some(({ name }) => sameFirstName(name, groups.name ?? ''));
  const pronoun = /^(I|It|That|This|There|Then|We|They|He|She|You|Who|What|Someone|Somebody)$/;
  if (!known && pronoun.test(groups.name)) return null;
  return { what: groups.what, owner: groups.name };
}

/** A name that the text begins or ends with, as one addresses people. */
function nameAt(text: string, participants: Participant[]): string | undefined {
  return participants.find(({ name }) => {
    const first = name.split(' ')[0] ?? name;
    return new RegExp(String.raw`\b${first}\b`, 'i').test(text);
  })?.name;
}

function sameFirstName(a: string, b: string): boolean {
  return a.split(' ')[0]?.toLowerCase() === b.toLowerCase();
}
