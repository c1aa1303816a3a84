// What a clone needs before anything can run: packages, model weights, the build. Each step is skipped
// when its result is there already.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareOnce } from './prepare-once.mjs';

export const ROOT = resolve(fileURLToPath(import.meta.url), '../../../..');
const LOCK = join(ROOT, 'package-lock.json');
const INSTALLED = join(ROOT, 'node_modules/.parley-installed');
const BUILT = join(ROOT, 'dist/.built');
const BEING_SET_UP = join(ROOT, '.parley/set-up.lock');
const NO_SOURCES = ['node_modules', '.next'];

/** A step failed for a reason that a person can mend; the message says how. */
export class SetUpError extends Error {}

/** @param {(line: string) => void} report receives progress lines */
export async function setUp(report) {
  const once = (isDone, work) => prepareOnce(BEING_SET_UP, isDone, report, () => work(report));
  await once(isInstalled, install);
  await Promise.all([fetchWeights(report), once(isBuilt, build)]);
}

function isInstalled() {
  return existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted();
}

function wanted() {
  return createHash('sha256').update(readFileSync(LOCK)).digest('hex');
}

async function install(report) {
  report('Installing packages (once; about half a minute) …');
  const npm = await command('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], report);
  if (npm.code !== 0) throw new SetUpError(explainInstall(npm.output));
  writeFileSync(INSTALLED, wanted());
}

export function explainInstall(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ECONNRESET/.test(output)) {
    return 'The packages cannot be fetched: the npm registry is out of reach. The first start needs it; connect (or set a registry with `npm config set registry`) and run the command again.';
  }
  if (/ENOSPC/.test(output)) {
    return 'The disk is full: Parley needs about 1.5 GB. Free some and run the command again.';
  }
  if (/EACCES|EPERM/.test(output)) {
    return `The packages cannot be written below ${ROOT}. Make the folder yours and run the command again.`;
  }
  const reason = output
    .split('\n')
    .filter((line) => /npm (error|ERR!)/.test(line))
    .slice(0, 4);
  return ['`npm ci` failed:', ...reason, 'Mend that and run the command again.'].join('\n');
}

async function fetchWeights(report) {
  const { fetchModels } = await import('./fetch-models.mjs');
  const dataDir = resolve(ROOT, process.env.DATA_DIR || '.parley');
  const modelsDir = resolve(ROOT, process.env.MODELS_DIR || join(dataDir, 'models'));
  try {
    await fetchModels({ modelsDir, report });
  } catch (error) {
    throw new SetUpError(error.message, { cause: error });
  }
}

function isBuilt() {
  const newest = Math.max(
    ...['apps', 'libs', 'test', '.swcrc'].map((part) => newestIn(join(ROOT, part))),
  );
  return existsSync(BUILT) && statSync(BUILT).mtimeMs >= newest;
}

async function build(report) {
  report('Building …');
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  const swc = await command('npm', ['run', '--silent', 'build'], report);
  if (swc.code !== 0) throw new SetUpError(`The build failed:\n${swc.output}`);
  writeFileSync(BUILT, '');
}

/** When the newest source at or below a path was changed. */
export function newestIn(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return /\.(tsx?|css|js|json|swcrc)$/.test(path) ? found.mtimeMs : 0;
  const inside = readdirSync(path).filter((name) => !NO_SOURCES.includes(name));
  return Math.max(0, ...inside.map((name) => newestIn(join(path, name))));
}

/**
 * Runs quietly, says every ten seconds that it still does, and keeps the output for the error message.
 * `patient` lets everything else on the machine go first.
 */
export function command(name, args, report, { patient = false, ...options } = {}) {
  return new Promise((done) => {
    const startedAt = Date.now();
    const child = spawn(name, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    if (patient && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setInterval(() => {
      report(`  … ${Math.round((Date.now() - startedAt) / 1000)} s`);
    }, 10_000);
    child.on('error', (error) => keep(String(error)));
    child.on('close', (code) => {
      clearInterval(timer);
      done({ code, output });
    });
  });
}
