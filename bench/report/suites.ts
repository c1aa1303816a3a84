import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';

/** One thing that `npm run bench` measures, as `bench/suites.json` lists it. */
export interface Suite {
  name: string;
  title: string;
  /** Program of Node.js and its arguments. */
  command: string[];
  /** Its page below `docs/`. */
  page: string;
  /** Left out for `npm run evaluate`, which has one program for both of its suites. */
  program?: string;
  /** Whether it needs a real PostgreSQL, or says more beside one. */
  servers?: 'needed' | 'better';
}

export function readSuites(): Suite[] {
  return JSON.parse(readFileSync(join(PROJECT_ROOT, 'bench/suites.json'), 'utf8')) as Suite[];
}
