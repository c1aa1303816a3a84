import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { SystemProcess } from '../apps/standalone/src/launch/system-process';

/** `npm start` as a clone has it: it installs and builds first. */
export const SET_UP_START = 'apps/standalone/bin/start.mjs';
const LIMIT_MS = 300_000;
/** A line of the transcript as the terminal shows it: `00:04  Laura  …`. */
const SPOKEN_LINE = /^\d\d:\d\d {2}\S/m;

/** Clones what is committed into an empty folder and starts it. @returns milliseconds to the first line. */
export async function measureFirstStart(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-clone-'));
  try {
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', PROJECT_ROOT, folder]);
    const data = join(folder, '.parley');
    const env = { ...process.env, DATA_DIR: data, MODELS_DIR: join(data, 'models') };
    const system = await SystemProcess.start({ env, args: [], file: SET_UP_START, folder });
    try {
      return await system.printed(SPOKEN_LINE, LIMIT_MS);
    } finally {
      await system.interrupt();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
