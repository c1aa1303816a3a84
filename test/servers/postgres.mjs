// PostgreSQL 17 with pgvector from the unpacked Debian, on a fresh data directory of its own.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { freePort, startServer } from './server-process.mjs';

const BINARIES = '/usr/lib/postgresql/17/bin';
/** Only this run uses the data: it need not outlive the machine, so no waiting for the disk. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  fsync: 'off',
  // The folder has no /dev/shm of a size that one could count on.
  dynamic_shared_memory_type: 'mmap',
};

/**
 * @param {string} root the unpacked Debian
 * @returns {Promise<{ url: string, pid: number, stop(): Promise<void> }>}
 *   `url` names the superuser: tests make databases of their own
 */
export async function startPostgres(root) {
  const runs = join(root, 'var/lib/parley');
  if (!existsSync(runs)) mkdirSync(runs);
  const hostFolder = mkdtempSync(join(runs, 'postgres-'));
  const folder = `/var/lib/parley/${basename(hostFolder)}`;
  const remove = () => rmSync(hostFolder, { recursive: true, force: true });
  try {
    const password = randomBytes(12).toString('hex');
    writeFileSync(join(hostFolder, 'password'), password);
    run(['chroot', root, 'chown', '-R', 'postgres:postgres', folder]);
    run(
      inRoot(
        root,
        'initdb',
        '-D',
        `${folder}/data`,
        '-U',
        'parley',
        '-E',
        'UTF8',
        '--no-sync',
      ).concat('--locale=C.UTF-8', '--auth=scram-sha-256', `--pwfile=${folder}/password`),
    );
    const port = await freePort();
    const settings = Object.entries({ ...SETTINGS, port: String(port) });
    const options = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = await startServer({
      command: inRoot(root, 'postgres', '-D', `${folder}/data`, ...options),
      readyWhen: 'ready to accept connections',
      // Does not wait for its clients to leave.
      stopSignal: 'SIGINT',
    });
    return {
      url: `postgresql://parley:${password}@127.0.0.1:${port}/postgres`,
      pid: server.pid,
      stop: () => server.stop().finally(remove),
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** PostgreSQL refuses to run as root. */
function inRoot(root, program, ...args) {
  return ['chroot', '--userspec=postgres:postgres', root, `${BINARIES}/${program}`, ...args];
}

function run([program, ...args]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}
