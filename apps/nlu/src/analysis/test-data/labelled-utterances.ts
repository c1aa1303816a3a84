import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import type { Intent } from '@parley/contracts';

const FOLDER = join(PROJECT_ROOT, 'apps/nlu/src/analysis/test-data');

export interface LabelledUtterance {
  intent: Intent;
  text: string;
}

/** Reads one of the sets that README.md beside this file describes. */
export function labelledUtterances(set: 'tuning' | 'held-out'): LabelledUtterance[] {
  return readFileSync(join(FOLDER, `intents.${set}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [intent, text] = line.split('\t');
      return { intent: intent as Intent, text: text ?? '' };
    });
}
