import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../apps/standalone/bin/set-up.mjs';

/** @returns {{ name: string, title: string, program: string, page: string, servers?: 'needed' | 'better' }[]} */
export function readSuites() {
  return JSON.parse(readFileSync(join(ROOT, 'bench/suites.json'), 'utf8'));
}
