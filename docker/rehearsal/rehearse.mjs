// `npm run rehearse-images [-- --keep] [service …]`: builds the images of docker-compose.prod.yml by their Dockerfiles,
// word for word, in empty roots, without a container engine; then runs them beside a real PostgreSQL and Redis as that
// file says (user, read-only root, secrets, health check), and prints what it saw. Needs Linux, root and debootstrap.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  chownSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { startRealServers } from '../../test/servers/start-real-servers.mjs';
import { makeSecrets } from '../make-secrets.mjs';
import { buildImage } from './build-image.mjs';
import { startContainer } from './run-image.mjs';
import { run } from './shell.mjs';

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const UP_WITHIN_MS = 180_000;
const POLL_MS = 500;

const USAGE = `npm run rehearse-images [-- [--keep] service …]

Builds the images of docker-compose.prod.yml by their Dockerfiles without a container engine, and runs them beside a
real PostgreSQL and Redis. Needs Linux, root and debootstrap, and some minutes.

  service …   only these; all of ours by default
  --keep      leaves the folders of the images there, and says where`;

const { values: options, positionals } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const stack = readFileSync(join(PROJECT, 'docker-compose.prod.yml'), 'utf8');
const { services } = parse(stack, { merge: true });
const ours = Object.entries(services).filter(
  ([name, { build }]) => build && (positionals.length === 0 || positionals.includes(name)),
);
const unknown = positionals.filter((name) => !services[name]?.build);
if (unknown.length > 0) {
  console.error(`The file builds no image of ${unknown.join(', ')}.\n\n${USAGE}`);
  process.exit(2);
}
const report = (line) => console.error(line);
const work = mkdtempSync(join(tmpdir(), 'parley-rehearsal-'));
const running = new Map();
let servers;
let failed = false;
try {
  const built = new Map();
  const images = new Map();
  for (const [name, { build }] of ours) {
    const { dockerfile, args = {} } = build;
    const order = {
      project: PROJECT,
      dockerfile: dockerfile.slice('docker/'.length),
      args: withDefaults(args),
    };
    images.set(name, buildImage({ ...order, work, built, report }));
  }
  servers = await startRealServers(report);
  const secrets = rehearsalSecrets(servers);
  const rows = [];
  for (const [name, service] of ours) {
    const image = images.get(name);
    useNames(image.root);
    report(`Starting ${name} …`);
    const startedAt = performance.now();
    const container = startContainer(image, {
      env: withDefaults(service.environment),
      data: folderOf(name, image.user),
      secrets: secretsOf(name, service, secrets),
    });
    running.set(name, container);
    await healthy(container, service.healthcheck.test.at(-1));
    rows.push([
      name,
      `${megabytes(join(image.root, 'parley'))} MB`,
      `healthy after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
    ]);
  }
  for (const [name, container] of [...running].reverse()) {
    const code = await container.stop();
    rows.find(([of]) => of === name)?.push(`ended with ${code}`);
    running.delete(name);
  }
  for (const row of rows) console.log(row.join(' · '));
} catch (error) {
  failed = true;
  console.error(`\nThe rehearsal failed: ${error.message}`);
} finally {
  await Promise.all([...running.values()].map((container) => container.stop()));
  await servers?.stop();
  if (options.keep) report(`Kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

/** Those that `npm run secrets` makes, with the addresses of the servers of this rehearsal. */
function rehearsalSecrets({ databaseUrl, redisUrl }) {
  const folder = join(work, 'secrets');
  makeSecrets(folder);
  writeFileSync(join(folder, 'database_url'), databaseUrl);
  writeFileSync(join(folder, 'redis_url'), redisUrl);
  return folder;
}

/** A container sees the secrets that are named for it, and no other. */
function secretsOf(name, { secrets = [] }, all) {
  const folder = join(work, `secrets-of-${name}`);
  mkdirSync(folder);
  for (const secret of secrets) cpSync(join(all, secret), join(folder, secret));
  return folder;
}

function folderOf(name, user) {
  const folder = join(work, `data-of-${name}`);
  mkdirSync(folder);
  const [uid, gid] = user.split(':').map(Number);
  chownSync(folder, uid, gid);
  return folder;
}

/** `${NAME:-default}` is its default: nobody set anything. */
function withDefaults(given) {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
    ]),
  );
}

/** All containers share this machine’s network: the names of the stack are its own address. */
function useNames(root) {
  const names = Object.keys(services).join(' ');
  const hosts = join(root, 'etc/hosts');
  rmSync(hosts, { force: true });
  writeFileSync(hosts, `127.0.0.1 localhost ${names}\n`);
}

async function healthy(container, url) {
  const until = performance.now() + UP_WITHIN_MS;
  while (!container.isAlive(url)) {
    if (performance.now() > until) throw new Error(`${url} does not answer.`);
    await Promise.race([wait(POLL_MS), container.ended]);
  }
}

function megabytes(folder) {
  return Math.round(Number(run('du', ['-sb', folder]).split(/\s/)[0]) / 1e6);
}
