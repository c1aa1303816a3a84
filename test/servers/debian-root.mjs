// A folder that holds Debian 13 with PostgreSQL 17, pgvector and Redis 8: what the tests' real servers run from.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianMirror } from './debian-mirror.mjs';

const PROJECT_ROOT = resolve(fileURLToPath(import.meta.url), '../../..');
const PACKAGES = ['postgresql-17', 'postgresql-17-pgvector', 'redis-server'];
const READY_MARK = '.parley-ready';

/** The real servers cannot run on this machine; the message says why and what would help. */
export class RealServersUnavailableError extends Error {
  name = 'RealServersUnavailableError';
}

/** Where the servers are unpacked: TEST_SERVERS_ROOT, else a cache inside node_modules. */
export function serversRoot() {
  return resolve(
    PROJECT_ROOT,
    process.env.TEST_SERVERS_ROOT || 'node_modules/.cache/parley/trixie',
  );
}

/**
 * Unpacks the servers once (about a minute and 750 MB) and keeps them.
 * @param {(line: string) => void} report receives progress lines
 * @returns {string} the folder
 * @throws {RealServersUnavailableError} when the machine cannot do it
 */
export function prepareServersRoot(report) {
  const root = serversRoot();
  if (process.platform !== 'linux') unavailable('they run on Linux only');
  if (process.getuid() !== 0) unavailable('chroot needs root');
  if (existsSync(resolve(root, READY_MARK))) return root;
  if (spawnSync('debootstrap', ['--version']).error) {
    unavailable('debootstrap is not installed (apt-get install debootstrap)');
  }
  const mirror = debianMirror();
  if (!mirror) unavailable("this machine's apt configuration names no Debian mirror");

  report('Unpacking PostgreSQL 17, pgvector and Redis 8 (once; about a minute) …');
  mkdirSync(dirname(root), { recursive: true });
  const draft = `${root}.draft-${process.pid}`;
  const made = spawnSync(
    'debootstrap',
    ['--variant=minbase', `--include=${PACKAGES.join(',')}`, 'trixie', draft, mirror],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    const lastLines = `${made.stdout}${made.stderr}`.trim().split('\n').slice(-3).join(' | ');
    unavailable(`debootstrap failed: ${lastLines}`);
  }
  writeFileSync(resolve(draft, READY_MARK), '');
  rmSync(root, { recursive: true, force: true });
  renameSync(draft, root);
  return root;
}

function unavailable(reason) {
  throw new RealServersUnavailableError(
    `The real PostgreSQL 17 and Redis 8 cannot run here: ${reason}.`,
  );
}
