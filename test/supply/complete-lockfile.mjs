// A registry mirror that lacks other platforms' binaries makes npm leave them out of the lock file, and then
// `npm ci` refuses it everywhere. This adds the missing optional packages as stubs: name, version, platform.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PATH = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
];

/** @returns {{ key: string, name: string, version: string, parent: object }[]} */
export function missingOptionals(lock) {
  const missing = new Map();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const key = `node_modules/${name}`;
      if (!(key in lock.packages) && !(`${path}/${key}` in lock.packages)) {
        missing.set(key, { key, name, version, parent: entry });
      }
    }
  }
  return [...missing.values()];
}

function stub({ name, version, parent }) {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(parent.dev ? { dev: true } : {}),
    ...(parent.license ? { license: parent.license } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(PATH, 'utf8'));
  const missing = missingOptionals(lock);
  for (const one of missing) lock.packages[one.key] = stub(one);
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} optional packages added to package-lock.json`);
}
