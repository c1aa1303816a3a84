// Follows a Dockerfile word for word, each stage in a root of its own, with chroot in place of an engine.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { assignments, parseDockerfile, withValues } from './dockerfile.mjs';
import { makeBaseImage } from './base-image.mjs';
import { buildContext } from './build-context.mjs';
import { run } from './shell.mjs';

/**
 * @typedef {{ root: string, folder: string, user: string, env: Record<string, string>, command: string[] }} Image
 */

/**
 * Builds the stages that the last one needs. Stages that were built before, with the same arguments, are taken again.
 * @param {{ project: string, dockerfile: string, args: Record<string, string>, work: string,
 *   built: Map<string, Image>, report: (line: string) => void }} order `work` is the folder of the roots
 * @returns {Image}
 */
export function buildImage({ project, dockerfile, args, work, built, report }) {
  const path = join(project, 'docker', dockerfile);
  const { defaults, stages } = parseDockerfile(readFileSync(path, 'utf8'));
  const context = buildContext(project, `${path}.dockerignore`);
  const global = {
    ...Object.fromEntries(defaults.flatMap(({ text }) => assignments(text))),
    ...args,
  };

  const stage = (name) => {
    const found = stages.find((one) => one.name === name);
    if (!found) return base(name);
    const taken = found.instructions
      .filter((one) => one.name === 'ARG')
      .flatMap(({ text }) => assignments(text).map(([key, value]) => [key, global[key] ?? value]));
    const key = `${dockerfile}:${name}:${JSON.stringify(taken)}`;
    const before = built.get(key);
    if (before) return before;
    const parent = stage(withValues(found.from, global));
    report(`${dockerfile}: ${name} ${taken.map(([, value]) => value).join(' ')}`.trim());
    const image = {
      ...parent,
      env: { ...parent.env },
      root: copyRoot(parent.root, join(work, `${built.size}-${name}`)),
    };
    const values = Object.fromEntries(taken);
    for (const instruction of found.instructions) follow(image, instruction, values);
    built.set(key, image);
    return image;
  };

  const base = (name) => {
    const before = built.get(name);
    if (before) return before;
    const version = /^node:(\d+\.\d+\.\d+)-trixie-slim$/.exec(name)?.[1];
    if (!version) throw new Error(`The rehearsal has no stand-in for ${name}.`);
    const root = join(work, 'base');
    makeBaseImage(version, root, report);
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' };
    const image = { root, folder: '/', user: '0:0', env, command: [] };
    built.set(name, image);
    return image;
  };

  const follow = (image, { name, text }, values) => {
    const filled = withValues(text, values);
    if (name === 'WORKDIR') {
      image.folder = posix.resolve(image.folder, filled);
      mkdirSync(join(image.root, image.folder), { recursive: true });
    } else if (name === 'ENV') Object.assign(image.env, Object.fromEntries(assignments(filled)));
    else if (name === 'USER') image.user = filled === 'node' ? '1000:1000' : filled;
    else if (name === 'CMD') image.command = JSON.parse(filled);
    else if (name === 'COPY') copy(image, filled);
    else if (name === 'RUN') runIn(image, text, values);
  };

  const copy = (image, text) => {
    const words = text.split(/\s+/);
    const from = /^--from=(\S+)$/.exec(words[0] ?? '')?.[1];
    const [target, ...sources] = (from ? words.slice(1) : words).reverse();
    const into = join(image.root, posix.resolve(image.folder, target));
    for (const source of sources) {
      if (from) copyInto(join(stage(from).root, source), into);
      else copyContext(source, into, target.endsWith('/') || target === '.');
    }
  };

  const copyContext = (source, into, isFolder) => {
    const files = context.filter(
      (file) => source === '.' || file === source || file.startsWith(`${source}/`),
    );
    if (files.length === 0) throw new Error(`COPY ${source}: the context has nothing of it.`);
    for (const file of files) {
      const inFolder = source === '.' ? file : file.slice(source.length + 1);
      const below = file !== source ? inFolder : isFolder ? basename(file) : '';
      const target = join(into, below);
      mkdirSync(dirname(target), { recursive: true });
      // Not over what is there: that may be another stage's file as well.
      rmSync(target, { force: true });
      copyFileSync(join(project, file), target);
    }
  };

  return stage(stages.at(-1).name);
}

/** Folders are poured into the target, as COPY does. */
function copyInto(source, into) {
  const folder = existsSync(join(source, '.'));
  mkdirSync(folder ? into : dirname(into), { recursive: true });
  run('cp', ['-al', '--remove-destination', folder ? `${source}/.` : source, into]);
}

function copyRoot(from, to) {
  rmSync(to, { recursive: true, force: true });
  run('cp', ['-al', from, to]);
  return to;
}

/** The shell form of RUN; a cache that is mounted is left out, which only costs time. */
function runIn(image, text, values) {
  const script = text.replace(/^(--mount=\S+\s+)+/, '');
  const env = {
    HOME: '/root',
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
    ...image.env,
    ...values,
  };
  const assigned = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  const place = [image.root, '/usr/bin/env', '-i', '-C', image.folder, ...assigned];
  // A mount namespace of its own: what node and npm read of /proc and /dev is gone with it.
  const mounts = `mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" "$@"`;
  run('unshare', ['--mount', 'sh', '-c', mounts, ...place, '/bin/sh', '-c', script]);
}
