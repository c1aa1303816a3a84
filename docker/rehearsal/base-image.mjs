// Stands in for node:<version>-trixie-slim: Debian 13, Node.js with npm, and the user `node`.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { prepareServersRoot } from '../../test/servers/debian-root.mjs';
import { run } from './shell.mjs';

/**
 * @param {string} version of Node.js, as in the Dockerfile
 * @param {string} root a folder that is not there yet
 * @param {(line: string) => void} report
 */
export function makeBaseImage(version, root, report) {
  const debian = prepareServersRoot(report);
  // Links: an engine’s layers are shared in the same way, and nothing here changes a file in place.
  run('cp', ['-al', debian, root]);
  const packed = mkdtempSync(join(tmpdir(), 'parley-node-'));
  try {
    run('npm', ['pack', `node-linux-${process.arch}@${version}`, '--pack-destination', packed]);
    run('tar', ['-xzf', join(packed, `node-linux-${process.arch}-${version}.tgz`), '-C', packed]);
    cpSync(join(packed, 'package/bin/node'), join(root, 'usr/local/bin/node'));
  } finally {
    rmSync(packed, { recursive: true, force: true });
  }
  const npm = resolve(dirname(process.execPath), '../lib/node_modules/npm');
  if (!existsSync(npm)) throw new Error(`There is no npm beside ${process.execPath}.`);
  cpSync(npm, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, 'usr/local/bin', name));
  }
  addUser(root);
  // An engine gives a container the network of its host; the registry may be known by a certificate of this machine’s.
  for (const file of ['etc/resolv.conf', 'etc/hosts', 'etc/ssl/certs/ca-certificates.crt']) {
    if (existsSync(`/${file}`)) {
      rmSync(join(root, file), { force: true });
      cpSync(`/${file}`, join(root, file), { dereference: true });
    }
  }
}

/** Copies first: the files are those of another root as well. */
function addUser(root) {
  const line = (file, text) => {
    const path = join(root, 'etc', file);
    run('cp', ['--remove-destination', path, `${path}.own`]);
    run('mv', [`${path}.own`, path]);
    appendFileSync(path, `${text}\n`);
  };
  line('passwd', 'node:x:1000:1000::/home/node:/bin/sh');
  line('group', 'node:x:1000:');
  if (spawnSync('install', ['-d', '-o', '1000', '-g', '1000', join(root, 'home/node')]).status) {
    throw new Error('The user of the image could not be given a home.');
  }
}
