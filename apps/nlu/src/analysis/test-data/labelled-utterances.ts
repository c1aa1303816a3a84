import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent } from '@parley/contracts';

export interface LabelledUtterance {
  intent: Intent;
  text: string;
}

/** Reads one of the sets that README.md beside this file describes. */
export function labelledUtterances(set: 'tuning' | 'held-out'): LabelledUtterance[] {
  return readFileSync(join(__dirname, `intents.${set}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [intent, text] = line.split('\t');
      return { intent: intent as Intent, text: text ?? '' };
    });
}
