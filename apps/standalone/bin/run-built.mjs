import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { ROOT, setUp, SetUpError } from './set-up.mjs';

const require = createRequire(import.meta.url);

/** Sets up what is missing and hands over to the built command, in this process. */
export async function run(command) {
  try {
    await setUp((line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  }
  require(resolve(ROOT, `dist/apps/standalone/src/commands/${command}.main.js`));
}
