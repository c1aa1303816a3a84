import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import type { SuiteFindings } from '../../bench/report/finding';
import { readSuites, type Suite } from '../../bench/report/suites';

/** Long: a crowded machine takes minutes for what takes seconds on a quiet one. */
const WITHIN_MS = 300_000;
/** The others start a whole system, which other tests do at length, or take minutes: `npm run bench -- smoke` runs them, too. */
const SHORT = ['http', 'search', 'deliveries', 'understanding'];
const suites = readSuites().filter(({ name }) => SHORT.includes(name));

// The services, engines and servers are real, the sizes tiny; what is measured says nothing, and no time is asserted.
describe('a suite of measurements, at a tiny size', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-smoke-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(suites)(
    '$name runs, measures something and writes its page',
    async (suite) => {
      await smoke(suite, folder);
      expect(readFileSync(join(folder, suite.page), 'utf8')).toMatch(/^# .+\n\n/);
      const { findings } = JSON.parse(
        readFileSync(join(folder, 'benchmarks', `${suite.name}.json`), 'utf8'),
      ) as SuiteFindings;
      expect(findings.some(({ measured }) => measured !== null)).toBe(true);
      expect(readFileSync(join(folder, 'benchmarks.md'), 'utf8')).toContain(`## ${suite.title}\n`);
    },
    WITHIN_MS,
  );
});

/** As `npm run bench` runs it; what it says is shown when it fails. */
async function smoke({ name }: Suite, folder: string): Promise<void> {
  const child = spawn(process.execPath, ['bench/run.mjs', name, '--smoke', '--into', folder], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, TEST_DATABASE_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`it ended with ${String(code)}:\n${said}`);
}
