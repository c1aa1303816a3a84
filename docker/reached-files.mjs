// The built files that a program can load, and the packages that they name.
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';

const IMPORTED = /\b(?:require|import|require\.resolve)\(['"]([^'"]+)['"]\)/g;
/** How a worker or a child process is named: see libs/config/src/paths.ts. */
const STARTED = /builtFile\)?\(__dirname, ['"]([^'"]+)['"]\)/g;

/**
 * Follows every import, required or dynamic, and every worker and child process, from `main` on.
 * @param {string} main a built file
 * @returns {{ files: string[], imports: Set<string> }} what is ours, and the specifiers that are not
 */
export function reachedFiles(main) {
  const files = new Set([main]);
  const imports = new Set();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const [, name] of text.matchAll(STARTED)) files.add(join(dirname(file), `${name}.js`));
    for (const [, specifier] of text.matchAll(IMPORTED)) {
      if (specifier.startsWith('.')) files.add(builtFile(join(dirname(file), specifier)));
      else if (!isBuiltin(specifier)) imports.add(specifier);
    }
  }
  return { files: [...files], imports };
}

function builtFile(path) {
  const found = [path, `${path}.js`, join(path, 'index.js')].find(
    (one) => /\.js$|\.json$/.test(one) && existsSync(one),
  );
  if (!found) throw new Error(`${path} is imported and not built.`);
  return found;
}
