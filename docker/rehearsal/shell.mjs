// Programs of this machine, run to their end.
import { spawnSync } from 'node:child_process';

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @throws {Error} with the end of what it printed
 */
export function run(program, args, options = {}) {
  const ended = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (ended.status === 0) return ended.stdout;
  const said = `${ended.error?.message ?? ''}${ended.stdout}${ended.stderr}`.trim();
  throw new Error(`${program} ${args.join(' ')} failed:\n${said.slice(-3_000)}`);
}
