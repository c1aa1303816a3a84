// Redis 8 from the unpacked Debian.
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startServer } from './server-process.mjs';

/**
 * A program that tests start in place of the machine's own `redis-server`. It is run by the unpacked
 * system's loader, not in a chroot: tests name folders as the machine sees them.
 * @param {string} root the unpacked Debian
 * @returns {{ path: string, remove(): void }}
 */
export function redisProgram(root) {
  const libraries = readdirSync(join(root, 'usr/lib'))
    .filter((name) => name.includes('linux-gnu'))
    .map((name) => join(root, 'usr/lib', name));
  const loader = [...libraries, join(root, 'usr/lib64'), join(root, 'usr/lib')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .find((path) => /\/ld-linux[^/]*\.so\.\d$/.test(path));
  if (!loader) throw new Error(`no program loader in ${root}`);
  const folder = mkdtempSync(join(tmpdir(), 'parley-redis-program-'));
  const path = join(folder, 'redis-server');
  const command = [
    loader,
    '--library-path',
    libraries.join(':'),
    join(root, 'usr/bin/redis-server'),
  ];
  writeFileSync(path, `#!/bin/sh\nexec ${command.map((part) => `'${part}'`).join(' ')} "$@"\n`);
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * @param {string} program
 * @returns {Promise<{ url: string, pid: number, stop(): Promise<void> }>}
 */
export async function startRedis(program) {
  const port = await freePort();
  const server = await startServer({
    command: [program, '--bind', '127.0.0.1', '--port', String(port), '--save', ''],
    readyWhen: 'Ready to accept connections',
    stopSignal: 'SIGTERM',
  });
  return { ...server, url: `redis://127.0.0.1:${port}` };
}
