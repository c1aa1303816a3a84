import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { EmbeddedDatabaseError } from './embedded-database.error';
import { isRunning, thisProcess } from './process-mark';

/**
 * Makes this process the only one that opens `dataDir`. The mark of a dead process is taken over.
 * @returns the call that gives it back.
 * @throws EmbeddedDatabaseError naming the process that has it.
 */
export function lockDataDirectory(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'parley.pid');
  const mine = thisProcess();
  for (let attempt = 0; attempt < 3; attempt++) {
    if (claim(path, mine)) {
      return () => {
        if (read(path) === mine) rmSync(path, { force: true });
      };
    }
    removeStale(path);
  }
  throw new EmbeddedDatabaseError('Another process is starting on the same data; try again.');
}

/** Complete from the first moment: a link to a file that is written already. */
function claim(path: string, mine: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    unlinkSync(draft);
  }
}

/** Moves the mark aside before it looks again: of two that take over, one must not remove the other's. */
function removeStale(path: string): void {
  refuseIfRunning(read(path));
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (isRunning(moved)) linkSync(aside, path);
  unlinkSync(aside);
  refuseIfRunning(moved);
}

function refuseIfRunning(mark: string): void {
  if (!isRunning(mark)) return;
  throw new EmbeddedDatabaseError(
    `The embedded database is in use by process ${mark.split(' ')[0]}: Parley runs already. ` +
      'Stop that one, or give this one a folder of its own with DATA_DIR.',
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
