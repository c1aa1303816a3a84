// Brings a bare clone to where measurements can run, and builds them.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { assertNode } from '../apps/standalone/bin/node-version.mjs';
import { newestIn, ROOT, setUp, SetUpError } from '../apps/standalone/bin/set-up.mjs';

const SOURCES = ['bench', 'evaluate'];
/** Below `dist`, so that it goes with the build of all else. */
const BUILT = join(ROOT, 'dist/.measurements-built');

/** Runs a built program of `bench/` or `evaluate/`, given by its path below `dist`, in this process. */
export async function runMeasurement(program) {
  assertNode();
  const report = (line) => process.stderr.write(`${line}\n`);
  try {
    await setUp(report);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    report(`\n${error.message}`);
    process.exit(1);
  }
  build();
  createRequire(import.meta.url)(join(ROOT, 'dist', program));
}

function build() {
  const newest = Math.max(...SOURCES.map((part) => newestIn(join(ROOT, part))));
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= newest) return;
  const swc = join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
  const args = [swc, ...SOURCES, '-d', 'dist', '--quiet'];
  const built = spawnSync(process.execPath, args, { cwd: ROOT });
  if (built.status !== 0) throw new Error(`The measurements do not build:\n${built.stderr}`);
  writeFileSync(BUILT, '');
}
