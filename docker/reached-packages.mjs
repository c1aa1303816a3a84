// The folders of all packages that some imports need: those they name, what these declare to need, what they expect
// beside them and we chose to have, and what is optional and installed (another platform's binary is not).
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @param {string} root where `node_modules` is
 * @param {Iterable<string>} imports specifiers, as `pg` or `@nestjs/common/constants`
 * @param {string[]} leftOut packages that are not followed
 * @returns {string[]} folders, sorted
 * @throws Error when a package is not installed that must be
 */
export function reachedPackages(root, imports, leftOut) {
  const found = new Set();
  const chosen = dependenciesOf(root);
  const waiting = [...imports].map((specifier) => ({ name: packageName(specifier), from: root }));
  for (const { name, from, optional } of waiting) {
    if (leftOut.includes(name)) continue;
    const folder = findPackage(name, from);
    if (!folder) {
      if (optional) continue;
      throw new Error(`${name} is needed by ${from} and not installed.`);
    }
    if (found.has(folder)) continue;
    found.add(folder);
    for (const need of needsOf(folder, chosen)) waiting.push({ ...need, from: folder });
  }
  return [...found].sort();
}

function needsOf(folder, chosen) {
  const about = readAbout(folder);
  const optional = Object.keys(about.optionalDependencies ?? {});
  const needed = Object.keys(about.dependencies ?? {}).filter((name) => !optional.includes(name));
  const peers = Object.keys(about.peerDependencies ?? {}).filter((name) => chosen.includes(name));
  return [
    ...[...needed, ...peers].map((name) => ({ name, optional: false })),
    ...optional.map((name) => ({ name, optional: true })),
  ].filter(({ name }) => !name.startsWith('@types/'));
}

function dependenciesOf(folder) {
  return Object.keys(readAbout(folder).dependencies ?? {});
}

function readAbout(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** As Node looks for it: in `node_modules` beside the importer, then further up. */
function findPackage(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}
