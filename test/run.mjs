// `npm test [-- unit|medium|e2e] [jest options]`: sets up a bare clone, then runs the three tiers and sums them up.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNode } from '../apps/standalone/bin/node-version.mjs';
import { ROOT, setUp, SetUpError } from '../apps/standalone/bin/set-up.mjs';

assertNode();
const TIERS = ['unit', 'medium', 'e2e'];
const [first, ...others] = process.argv.slice(2);
const tiers = TIERS.includes(first) ? [first] : TIERS;
const options = TIERS.includes(first) || first === undefined ? others : [first, ...others];

try {
  await setUp((line) => console.error(line));
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(`\n${error.message}`);
  process.exit(1);
}

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const leftOut = hasRedis ? [] : ['--testPathIgnorePatterns', '\\.redis\\.'];
const folder = mkdtempSync(join(tmpdir(), 'parley-tests-'));
const total = { passed: 0, failed: 0, pending: 0 };
let broken = false;
for (const tier of tiers) {
  const report = join(folder, `${tier}.json`);
  const args = ['--selectProjects', tier, '--json', `--outputFile=${report}`];
  // Servers, models and timers share two cores: the tiers that start them run one file after the other.
  const serial = tier === 'unit' ? [] : ['--runInBand'];
  const more = tier === 'medium' ? leftOut : [];
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const run = spawnSync(
    process.execPath,
    [
      jest,
      '-c',
      'test/jest.config.cjs',
      '--passWithNoTests',
      ...args,
      ...serial,
      ...more,
      ...options,
    ],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (run.status !== 0) broken = true;
  try {
    const found = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += found.numPassedTests;
    total.failed += found.numFailedTests + found.numRuntimeErrorTestSuites;
    total.pending += found.numPendingTests;
  } catch {
    total.failed += 1;
  }
}
rmSync(folder, { recursive: true });
if (!hasRedis && tiers.includes('medium')) {
  console.log(
    '\nLeft out: the tests on a real Redis (*.redis.medium.spec.ts), because there is no redis-server here.' +
      '\nGet it with `apt-get install redis-server` or `brew install redis`, and run npm test again.',
  );
}
const skipped = total.pending > 0 ? `, ${total.pending} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(broken || total.failed > 0 ? 1 : 0);
