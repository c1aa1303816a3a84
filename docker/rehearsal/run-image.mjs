// Runs what an image holds as the stack file says: as its user, with a root that nobody can write, and without rights.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Read-only but for what a container is given: /data, /tmp, its secrets, /proc. */
const CONTAINER = `
  mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" &&
  mount -t tmpfs tmpfs "$0/tmp" && mount --bind "$DATA" "$0/data" && mount --bind "$SECRETS" "$0/run/secrets" &&
  mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$@"`;

/**
 * @param {import('./build-image.mjs').Image} image
 * @param {{ env: Record<string, string>, data: string, secrets: string }} given folders of this machine
 */
export function startContainer(image, { env, data, secrets }) {
  for (const folder of ['data', 'run/secrets']) {
    mkdirSync(join(image.root, folder), { recursive: true });
  }
  const child = spawn('unshare', arguments_(image, env, image.command), {
    env: { PATH: process.env.PATH, DATA: data, SECRETS: secrets },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = (said + chunk.toString()).slice(-3_000);
    });
  }
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    ended: once(child, 'exit').then(([code]) => {
      throw new Error(`it ended with ${code}:\n${said}`);
    }),
    /** The health check of the stack file, run inside. */
    isAlive: (url) => {
      const args = arguments_(image, env, ['node', 'liveness.mjs', url]);
      const options = { env: { PATH: process.env.PATH, DATA: data, SECRETS: secrets } };
      return spawnSync('unshare', args, options).status === 0;
    },
    /** @returns {Promise<number | null>} how it ended when it was asked to */
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await gone;
      process.off('exit', kill);
      return code;
    },
  };
}

function arguments_({ root, folder, user, env: own }, env, command) {
  const assigned = Object.entries({ ...own, ...env }).map(([key, value]) => `${key}=${value}`);
  const [uid, gid] = user.split(':');
  const rights = ['--clear-groups', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
  const place = [root, 'setpriv', `--reuid=${uid}`, `--regid=${gid}`, ...rights];
  return [
    '--mount',
    'sh',
    '-c',
    CONTAINER,
    root,
    ...place,
    'env',
    '-i',
    '-C',
    folder,
    ...assigned,
    ...command,
  ];
}
