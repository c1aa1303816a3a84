// `npm run install-lighthouse`: puts Lighthouse into .parley/, apart from what Parley needs: it would be a sixth of
// what everybody installs, and only one test asks for it.
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, explainInstall, ROOT } from '../../apps/standalone/bin/set-up.mjs';

const FILES = ['package.json', 'package-lock.json'];
const WANTED = join(ROOT, 'test/lighthouse');
const FOLDER = join(ROOT, '.parley/lighthouse');

if (isInstalled()) process.exit(0);
console.error('Installing Lighthouse (once) …');
mkdirSync(FOLDER, { recursive: true });
for (const file of FILES) copyFileSync(join(WANTED, file), join(FOLDER, file));
const { code, output } = await command(
  'npm',
  ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  console.error,
  { cwd: FOLDER, patient: true },
);
if (code !== 0) {
  console.error(explainInstall(output));
  process.exit(1);
}

function isInstalled() {
  if (!existsSync(join(FOLDER, 'node_modules/lighthouse'))) return false;
  return FILES.every(
    (file) => readFileSync(join(FOLDER, file), 'utf8') === readFileSync(join(WANTED, file), 'utf8'),
  );
}
