// `node docker/production-tree.mjs <service> <folder> [--link]`: writes what that service runs, and nothing else: its
// built files, the packages they reach, the files they read, and the bill of these materials (sbom.cdx.json). The image
// is made of this folder; so is the rehearsal, which links the files instead of copying them.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { billOfMaterials } from './bill-of-materials.mjs';
import { copyFolder, copyPackage } from './copy-package.mjs';
import { reachedFiles } from './reached-files.mjs';
import { reachedPackages } from './reached-packages.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
export const SERVICES = ['ingestion', 'asr', 'nlu', 'rag', 'agent', 'integrations'];

/** Reached by an import, and never run where DATABASE_URL is set: the embedded database of `npm start`. */
const NOT_IN_PRODUCTION = ['@electric-sql/pglite', '@electric-sql/pglite-pgvector'];

/** What the services read from the project's root. */
const READ_FILES = ['LICENSE', 'NOTICE', 'libs/ai/models'];
const READ_BY_ONE = { nlu: ['apps/nlu/weights'] };

/**
 * @param {string} service one of SERVICES
 * @param {string} folder is made; must not hold anything yet
 * @param {(from: string, to: string) => void} [place] how a file comes there
 * @returns {{ files: number, packages: string[] }} how many files of ours, and the packages' folders
 */
export function writeProductionTree(service, folder, place = copyFileSync) {
  if (!SERVICES.includes(service)) {
    throw new Error(`There is no service ${service}: ${SERVICES.join(', ')}.`);
  }
  const main = join(ROOT, `dist/apps/${service}/src/main.js`);
  if (!existsSync(main)) throw new Error('Nothing is built yet: npm run build.');
  if (existsSync(folder)) throw new Error(`${folder} is there already.`);
  const { files, imports } = reachedFiles(main);
  const packages = reachedPackages(ROOT, imports, NOT_IN_PRODUCTION);
  for (const file of files) copy(file, folder, place);
  for (const file of [...READ_FILES, ...(READ_BY_ONE[service] ?? [])]) {
    copy(join(ROOT, file), folder, place);
  }
  for (const path of packages) copyPackage(path, join(folder, relative(ROOT, path)), place);
  // The same command starts every service.
  writeFileSync(join(folder, 'main.js'), `require('./${relative(ROOT, main)}');\n`);
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const about = { name: `${name}-${service}`, version, license, private: true };
  const bill = billOfMaterials(about, packages, join(ROOT, 'libs/ai/models/manifest.json'));
  writeJson(join(folder, 'package.json'), about);
  writeJson(join(folder, 'sbom.cdx.json'), bill);
  return { files: files.length, packages };
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

function copy(from, folder, place) {
  const to = join(folder, relative(ROOT, from));
  mkdirSync(dirname(to), { recursive: true });
  if (statSync(from).isDirectory()) copyFolder(from, to, place);
  else place(from, to);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [service, folder, link] = process.argv.slice(2);
  if (!service || !folder) {
    console.error('usage: node docker/production-tree.mjs <service> <folder> [--link]');
    process.exit(2);
  }
  const { files, packages } = writeProductionTree(
    service,
    resolve(folder),
    link === '--link' ? linkSync : copyFileSync,
  );
  console.log(`${service}: ${files} files and ${packages.length} packages`);
}
