import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what systems give to outgoing connections (Linux: from 32768 on): none of those can take it meanwhile. */
const FIRST = 15_000;
const BEYOND = 32_000;
const MOST_TRIES = 200;
/** By this process: what is free may be meant for somebody who has not taken it yet. */
const given = new Set<number>();

/**
 * Finds `count` free loopback ports, none of them given before, which nobody but another listener can take before they are used.
 * @throws Error when there are none
 */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count && tries < MOST_TRIES + count; tries += 1) {
    const port = randomInt(FIRST, BEYOND);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) found.add(port);
  }
  if (found.size < count) throw new Error(`no ${String(count)} free ports`);
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
