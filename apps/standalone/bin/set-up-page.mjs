// What the page needs before it can be served: its own packages and its build. Each step is skipped when its
// result is there already. It runs beside the services, at a lower priority: they come first.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareOnce } from './prepare-once.mjs';
import { command, explainInstall, newestIn, ROOT, SetUpError } from './set-up.mjs';

const PAGE = join(ROOT, 'apps/ui');
const LOCK = join(PAGE, 'package-lock.json');
const INSTALLED = join(PAGE, 'node_modules/.parley-installed');
const STANDALONE = join(PAGE, '.next/standalone/apps/ui');
const BUILT = join(PAGE, '.next/.built');
const BEING_SET_UP = join(ROOT, '.parley/set-up-page.lock');
const SOURCES = [
  'apps/ui/src',
  'apps/ui/public',
  'apps/ui/next.config.ts',
  'apps/standalone/sample',
  'libs/client/src',
];

/** The program that serves the page once it is built. */
export const PAGE_SERVER = join(STANDALONE, 'server.js');

/** @param {(line: string) => void} report receives progress lines */
export async function setUpPage(report) {
  await installPage(report);
  await prepareOnce(BEING_SET_UP, isBuilt, report, () => build(report));
}

/** @param {(line: string) => void} report receives progress lines */
export async function installPage(report) {
  await prepareOnce(BEING_SET_UP, isInstalled, report, () => install(report));
}

function isInstalled() {
  return existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted();
}

function wanted() {
  return createHash('sha256').update(readFileSync(LOCK)).digest('hex');
}

async function install(report) {
  report('Installing the packages of the page (once) …');
  const npm = await command(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    report,
    { cwd: PAGE, patient: true },
  );
  if (npm.code !== 0) throw new SetUpError(explainInstall(npm.output));
  writeFileSync(INSTALLED, wanted());
}

function isBuilt() {
  const newest = Math.max(...[LOCK, ...SOURCES.map((part) => join(ROOT, part))].map(newestIn));
  return existsSync(BUILT) && statSync(BUILT).mtimeMs >= newest;
}

async function build(report) {
  report('Building the page (once; about half a minute) …');
  rmSync(BUILT, { force: true });
  const next = await command('npm', ['run', '--silent', 'build'], report, {
    cwd: PAGE,
    patient: true,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  if (next.code !== 0) throw new SetUpError(`The page does not build:\n${next.output}`);
  // Next leaves out what a content delivery network would serve; here nobody else does.
  cpSync(join(PAGE, '.next/static'), join(STANDALONE, '.next/static'), { recursive: true });
  cpSync(join(PAGE, 'public'), join(STANDALONE, 'public'), { recursive: true });
  writeFileSync(BUILT, '');
}
