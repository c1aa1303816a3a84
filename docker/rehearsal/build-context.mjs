// What an engine would be sent: the files of the project that a .dockerignore leaves over.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} project
 * @param {string} ignoreFile path of the .dockerignore
 * @returns {string[]} files, relative to the project
 */
export function buildContext(project, ignoreFile) {
  const rules = readFileSync(ignoreFile, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const kept = line.startsWith('!');
      return { kept, pattern: toPattern(kept ? line.slice(1) : line), line };
    });
  // A folder that is left out is still entered when something below it is let in again.
  const entered = (path) =>
    isKept(path, rules) ||
    rules.some(({ kept, line }) => kept && line.slice(1).startsWith(`${path}/`));
  const files = [];
  const walk = (folder) => {
    for (const entry of readdirSync(join(project, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (path !== '.git' && entered(path)) walk(path);
      } else if (isKept(path, rules)) files.push(path);
    }
  };
  walk('');
  return files;
}

/** The last rule that speaks of a path, or of a folder it is in, decides. */
function isKept(path, rules) {
  return rules.findLast(({ pattern }) => pattern.test(path))?.kept ?? true;
}

/** Source: https://docs.docker.com/build/concepts/context/#dockerignore-files */
function toPattern(glob) {
  const expression = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (wild) => {
      if (wild === '**/') return '(?:.*/)?';
      if (wild === '**') return '.*';
      return wild === '*' ? '[^/]*' : '[^/]';
    });
  return new RegExp(`^${expression}(?:/.*)?$`);
}
