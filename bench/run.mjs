// `npm run bench [-- --no-clone --raw FILE]`: measures this machine with the sample meeting and writes
// docs/quality.md; `--raw` also keeps all that was received, and when.
// `npm run bench -- http`: measures what the platform costs a request and writes docs/platform-cost.md.
// `npm run bench -- pipeline [--only NAMES]`: measures how fast the pipeline is and writes docs/pipeline-speed.md.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { assertNode } from '../apps/standalone/bin/node-version.mjs';
import { ROOT, setUp, SetUpError } from '../apps/standalone/bin/set-up.mjs';

assertNode();
const report = (line) => process.stderr.write(`${line}\n`);
try {
  await setUp(report);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  report(`\n${error.message}`);
  process.exit(1);
}
const swc = join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
const built = spawnSync(process.execPath, [swc, 'bench', '-d', 'dist', '--quiet'], { cwd: ROOT });
if (built.status !== 0) throw new Error(`The bench does not build:\n${built.stderr}`);
const programs = { http: 'http/http.main.js', pipeline: 'pipeline/pipeline.main.js' };
const program = programs[process.argv[2]] ?? 'run-bench.js';
createRequire(import.meta.url)(join(ROOT, 'dist/bench', program));
