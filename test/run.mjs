// `npm test [-- <round>] [jest options]`: sets up a bare clone, then runs the rounds of tests and sums them up.
// Rounds: unit, medium, e2e, conformance (every promise on every service), page (a person at a browser, and what Lighthouse
// says of it): together the default; real (what uses a server, against PostgreSQL 17 and Redis 8); faults (what holds while things are broken, on those servers;
// `--full` for 200 of them); ci (all of them, conformance on those servers, too).
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { assertNode } from '../apps/standalone/bin/node-version.mjs';
import { ROOT, setUp, SetUpError } from '../apps/standalone/bin/set-up.mjs';
import { printTable } from './conformance/print-table.mjs';
import { printInvariants } from './faults/print-invariants.mjs';
import { RealServersUnavailableError } from './servers/debian-root.mjs';
import { startRealServers } from './servers/start-real-servers.mjs';

assertNode();
const ROUNDS = {
  unit: ['unit'],
  medium: ['medium'],
  conformance: ['conformance'],
  e2e: ['e2e'],
  page: ['page', 'lighthouse'],
  real: ['real'],
  faults: ['faults'],
  ci: ['unit', 'medium', 'e2e', 'conformance', 'page', 'lighthouse', 'real', 'faults'],
};
const DEFAULT = ['unit', 'medium', 'e2e', 'conformance', 'page', 'lighthouse'];
/** A round that hangs is ended and counts as failed: whoever waits for it hears of it. */
const ROUND_WITHIN_MINUTES = 40;
const FULL_FAULTS_WITHIN_MINUTES = 180;
/** So many files are named with what they took. */
const SLOWEST = 15;
const ON_REAL_SERVERS = ['real', 'conformance', 'faults'];
/**
 * What uses a server: only that can come out differently on another. Without what takes minutes and is about files (production trees,
 * dashboards, measurements) or about what a model hears, which is the same on every database.
 */
const USING_SERVERS = [
  ...[
    'test/deployment/(?!.*\\.real\\.)',
    'test/measurements/',
    'apps/asr/src/(listen|transcriptions)/',
    'asr\\.(speakers|models|vocabulary)\\.',
  ].flatMap((pattern) => ['--testPathIgnorePatterns', pattern]),
  '--findRelatedTests',
  'libs/testing/src/redis-server.ts',
  'libs/testing/src/test-database.ts',
];
/** Of that, what runs on the embedded database, too, where both are run; `e2e` and `page` are on that one anyway. */
const ON_BOTH = /^libs\/database\/|^apps\/([\w-]+)\/src\/\1\.medium\.spec\.ts$/;
const [first, ...others] = process.argv.slice(2);
const named = Object.hasOwn(ROUNDS, first ?? '');
const rounds = named ? ROUNDS[first] : DEFAULT;
const given = named || first === undefined ? others : [first, ...others];
const full = given.includes('--full');
if (full) process.env.FAULTS_COUNT ??= '200';
const options = given.filter((option) => option !== '--full');

try {
  await setUp((line) => console.error(line));
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(`\n${error.message}`);
  process.exit(1);
}

const realServers =
  rounds.includes('real') || rounds.includes('faults') ? await startServers() : undefined;
const realEnv = { ...process.env, ...realServers?.env };
const hasRedis = spawnSync(realEnv.TEST_REDIS_SERVER || 'redis-server', ['--version']).status === 0;
const hasChromium = process.env.CHROMIUM !== undefined || browsers().some(existsSync);
/** Only by default: who names a round, as what lands a change does, is told when it cannot be run. */
const leavesPageOut = !named && !hasChromium;
const leavesLighthouseOut =
  !named && !leavesPageOut && !existsSync(join(ROOT, '.parley/lighthouse/node_modules/lighthouse'));
const folder = mkdtempSync(join(tmpdir(), 'parley-tests-'));
const total = { passed: 0, failed: 0, pending: 0 };
/** @type {string[]} what failed, by round, file and title: the last lines that a long log is read for. */
const failures = [];
const minutes = [];
/** @type {{ seconds: number, file: string }[]} what the minutes are spent on */
const suites = [];
let broken = false;
for (const round of rounds) {
  if (round === 'conformance' && !hasRedis) continue;
  if (tierOf(round) === 'page' && leavesPageOut) continue;
  if (round === 'lighthouse' && leavesLighthouseOut) continue;
  const startedAt = performance.now();
  const report = await runRound(round);
  minutes.push(`${round} ${((performance.now() - startedAt) / 60_000).toFixed(1)}`);
  if (round === 'conformance' && report) printTable(report, console.log);
  if (round === 'faults' && report) printInvariants(report, console.log);
}
rmSync(folder, { recursive: true });
await realServers?.stop();

if (!hasRedis && rounds.some((round) => round === 'medium' || round === 'conformance')) {
  console.log(
    '\nLeft out: the tests on a real Redis (*.redis.medium.spec.ts, conformance), because there is no ' +
      'redis-server here.\nGet it with `apt-get install redis-server` or `brew install redis`, and run ' +
      'npm test again.',
  );
}
if (leavesPageOut) {
  console.log(
    '\nLeft out: the page in a real browser (*.page.spec.ts), because there is no Chromium here.\nGet it with ' +
      '`apt-get install chromium`, or name one with CHROMIUM, and run npm test again.',
  );
}
if (leavesLighthouseOut) {
  console.log(
    '\nLeft out: what Lighthouse says of the page (lighthouse.page.spec.ts), because it is not installed.\n' +
      'Get it with `npm run install-lighthouse`, and run npm test again.',
  );
}
console.log(`\nMinutes: ${minutes.join(', ')}`);
suites.sort((one, other) => other.seconds - one.seconds);
for (const { seconds, file } of suites.slice(0, SLOWEST)) {
  console.log(`  ${Math.round(seconds)} s  ${file}`);
}
for (const failure of failures) console.log(`FAILED ${failure}`);
const skipped = total.pending > 0 ? `, ${total.pending} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(broken || total.failed > 0 ? 1 : 0);

/** Adds the round's figures to the total. */
async function runRound(round) {
  const file = join(folder, `${round}.json`);
  const onRealServers = realServers && ON_REAL_SERVERS.includes(round);
  const withinMinutes = full ? FULL_FAULTS_WITHIN_MINUTES : ROUND_WITHIN_MINUTES;
  // Not spawnSync: somebody has to read meanwhile what the servers print, or they come to a halt once the pipe is full.
  const run = spawn(process.execPath, jestArguments(round, file), {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: onRealServers ? realEnv : process.env,
  });
  const limit = setTimeout(() => {
    console.error(`\nThe ${round} round was ended after ${withinMinutes} minutes.`);
    run.kill('SIGKILL');
  }, withinMinutes * 60_000);
  const [status] = await once(run, 'exit');
  clearTimeout(limit);
  if (status !== 0) broken = true;
  try {
    const found = JSON.parse(readFileSync(file, 'utf8'));
    total.passed += found.numPassedTests;
    total.failed += found.numFailedTests + found.numRuntimeErrorTestSuites;
    total.pending += found.numPendingTests;
    failures.push(...failed(round, found));
    suites.push(...timed(round, found));
    return found;
  } catch {
    total.failed += 1;
    failures.push(`${round}: ended without a report`);
    return undefined;
  }
}

function timed(round, report) {
  return report.testResults.map(({ name, startTime, endTime }) => ({
    seconds: (endTime - startTime) / 1_000,
    file: `${round} ${relative(ROOT, name)}`,
  }));
}

function failed(round, report) {
  return report.testResults.flatMap((suite) => {
    const file = `${round} ${relative(ROOT, suite.name)}`;
    const tests = suite.assertionResults.filter((test) => test.status === 'failed');
    const whole = suite.status === 'failed' && tests.length === 0;
    return whole ? [file] : tests.map((test) => `${file}: ${test.fullName}`);
  });
}

/**
 * Options that leave to the real round, where it is run as well, what both would run: each file that uses a server, once. The main
 * spec of each service, the one that has its name, and all that is about the embedded database are in both.
 */
function onServersAlone() {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = [jest, '-c', 'test/jest.config.cjs', '--selectProjects', 'medium', '--listTests'];
  const { stdout } = spawnSync(process.execPath, [...args, ...USING_SERVERS], { cwd: ROOT });
  return stdout
    .toString()
    .split('\n')
    .map((file) => relative(ROOT, file.trim()).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.spec.ts') && !ON_BOTH.test(file))
    .flatMap((file) => ['--testPathIgnorePatterns', file]);
}

/** The tests that a round runs, as jest knows them. */
function tierOf(round) {
  if (round === 'real') return 'medium';
  return round === 'lighthouse' ? 'page' : round;
}

function browsers() {
  return JSON.parse(readFileSync(join(ROOT, 'test/page/chromium-programs.json'), 'utf8'));
}

function jestArguments(round, file) {
  const tier = tierOf(round);
  const args = [join(ROOT, 'node_modules/jest/bin/jest.js'), '-c', 'test/jest.config.cjs'];
  args.push('--passWithNoTests', '--selectProjects', tier, '--json', `--outputFile=${file}`);
  // Before what takes several values: jest would take a pattern for one of them.
  args.push(...options);
  // Servers and models share two cores. Those of a service leave one idle half of the time, and so does who plays a meeting
  // in real time or looks at a page; what is timed and what is broken on purpose wants the machine for itself, and conformance
  // divides the cores by itself. Left to itself, jest leaves one core of two idle.
  if (['lighthouse', 'conformance', 'faults'].includes(round)) args.push('--runInBand');
  else args.push('--maxWorkers=2');
  // What a failed test leaves running must not hold up the rounds that follow.
  if (tier !== 'unit') args.push('--forceExit');
  if (round === 'medium') {
    args.push('--testPathIgnorePatterns', '\\.real\\.');
    if (rounds.includes('real')) args.push(...onServersAlone());
  }
  if (tier !== 'unit' && !hasRedis) args.push('--testPathIgnorePatterns', '\\.redis\\.');
  if (tier === 'page') {
    const others = round === 'page' ? 'page/lighthouse' : 'page/(?!lighthouse)';
    args.push('--testPathIgnorePatterns', others);
  }
  if (round === 'real') args.push(...USING_SERVERS);
  return args;
}

async function startServers() {
  try {
    return await startRealServers((line) => console.error(line));
  } catch (error) {
    if (!(error instanceof RealServersUnavailableError)) throw error;
    console.error(`\n${error.message}`);
    // Faults can be tried on the embedded database, too, but those of PostgreSQL itself.
    if (!rounds.includes('real')) return undefined;
    process.exit(1);
  }
}
