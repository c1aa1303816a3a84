import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES, SERVICE_PORTS } from '@parley/config';
import { startParley, type RunningParley } from './running-parley';

const MINUTE = 60_000;
const hasCurl = spawnSync('curl', ['--version']).status === 0;

// Real: the built system, curl, the page as it is committed. Only the ports are others.
describe('the examples of docs/api/README.md', () => {
  let parley: RunningParley;
  /** Where they save what they fetch. */
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-examples-'));
    parley = await startParley();
  }, 2 * MINUTE);

  afterAll(async () => {
    await parley.stop();
    rmSync(folder, { recursive: true });
  }, MINUTE);

  // Needs curl, which a bare machine may lack.
  (hasCurl ? it : it.skip)('run as they stand', () => {
    const page = readFileSync(join(PROJECT_ROOT, 'docs/api/README.md'), 'utf8');
    const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
    expect(blocks.length).toBeGreaterThan(3);
    const { urls } = parley.client;
    const script = SERVICE_NAMES.reduce(
      (text, name) => text.replaceAll(`http://localhost:${SERVICE_PORTS[name]}`, urls[name]),
      blocks.join('\n').replaceAll('@test/', `@${PROJECT_ROOT}/test/`),
    );
    const run = spawnSync('bash', ['-c', `set -euo pipefail\n${script}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('"Refunds are paid within 30 days of the request."');
    expect(run.stdout).toContain('"type":"person"');
    expect(run.stdout).toMatch(/"channel":"recording","status":"(waiting|hearing|heard)"/);
    // How much of the recording was there when the ledger was asked for is the machine's to say.
    expect(run.stdout).toMatch(/"totalMs":\d+,"transcribedMs":/);
  });
});
