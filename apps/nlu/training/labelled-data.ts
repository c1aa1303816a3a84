import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import type { Intent } from '@parley/contracts';
import { findEntities } from '../src/analysis/entities/find-entities';
import { toClauses, type Clause } from '../src/analysis/intent/clauses';
import { carriedBy } from '../src/analysis/intent/context/carried';
import type { SpokenBefore } from '../src/analysis/intent/context/context-signs';
import { exampleContext } from '../src/analysis/test-data/example-context';
import { parseText } from '../src/analysis/text/parsed-text';

export type Part = 'learn' | 'held-out';

/** One line of the files that README.md beside this file describes. */
export interface LabelledUtterance {
  part: Part;
  intent: Intent;
  text: string;
  /** What was said before it, where that is known. */
  before?: string;
  sameSpeaker?: boolean;
  /** Those of one meeting are all learnt from, or all held out. */
  meeting?: number;
  turn?: number;
}

export const SOURCES = ['utterances', 'real-utterances', 'exchanges'] as const;
export type Source = (typeof SOURCES)[number];

export function readLabelled(source: Source): LabelledUtterance[] {
  return readFileSync(join(PROJECT_ROOT, 'apps/nlu/training', `${source}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LabelledUtterance);
}

/** The clauses that the classifier sees of a text, as nlu cuts them. */
export function clausesOf(text: string): Clause[] {
  const parsed = parseText(text);
  return toClauses(text, parsed, findEntities(text, parsed, exampleContext()));
}

/** What the classifier sees of the utterance before. */
export function beforeOf({
  before,
  sameSpeaker,
}: Pick<LabelledUtterance, 'before' | 'sameSpeaker'>): SpokenBefore | null {
  if (before === undefined) return null;
  return { ...carriedBy(before, clausesOf(before)), sameSpeaker: sameSpeaker ?? null };
}
