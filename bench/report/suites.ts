import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';

/** One thing that `npm run bench` measures, as `bench/suites.json` lists it: what is read of it here. */
export interface Suite {
  name: string;
  title: string;
  /** Its page below `docs/`. */
  page: string;
}

export function readSuites(): Suite[] {
  return JSON.parse(readFileSync(join(PROJECT_ROOT, 'bench/suites.json'), 'utf8')) as Suite[];
}
