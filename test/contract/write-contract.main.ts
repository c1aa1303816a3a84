import 'reflect-metadata';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import { BASELINE_FOLDER, DOCUMENTS_FOLDER, generatedFiles } from './generated-files';

// `npm run openapi`: writes what is made from the code. With `-- --accept-breaking` the present documents
// become those that later ones are compared with: at a release, or when a break is meant.
async function main(): Promise<void> {
  for (const [path, text] of await generatedFiles()) {
    const file = join(PROJECT_ROOT, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(path);
  }
  if (!process.argv.includes('--accept-breaking')) return;
  mkdirSync(BASELINE_FOLDER, { recursive: true });
  for (const name of SERVICE_NAMES) {
    const file = `${name}.openapi.json`;
    copyFileSync(join(DOCUMENTS_FOLDER, file), join(BASELINE_FOLDER, file));
  }
  console.log('docs/api/baseline');
}

void main();
