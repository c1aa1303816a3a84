// Two starts in one clone would pull the packages and the build out from under each other: the second waits for the first.
// It runs before any package is installed, so it has nothing but Node.js.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Does the work unless it is done already: one process at a time under a lock. A lock whose process is gone is nobody's.
 * Nothing is written where nothing is to be done.
 * @param {string} lock the path of a file, which holds the process's id meanwhile
 * @param {() => boolean} isDone asked again once it is this process's turn
 * @param {(line: string) => void} report told once when another one is waited for
 * @param {() => Promise<void>} work
 */
export async function prepareOnce(lock, isDone, report, work) {
  if (isDone()) return;
  await take(lock, report);
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    if (!isDone()) await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function take(lock, report) {
  mkdirSync(dirname(lock), { recursive: true });
  let told = false;
  while (!taken(lock)) {
    const holder = holderOf(lock);
    if (holder === undefined) continue;
    if (!isRunning(holder)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told) report(`Another start prepares this folder (process ${holder}); waiting for it …`);
    told = true;
    await delay(POLL_MS);
  }
}

/** A link comes into being with its content: nobody reads a lock that does not say yet whose it is. */
function taken(lock) {
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** @returns {number | undefined} undefined: it was given back meanwhile */
function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
