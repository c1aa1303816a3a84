import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { measurePage } from './measure-page';
import { speedPage } from './speed-page';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

measurePage(say)
  .then((figures) => {
    const file = join(PROJECT_ROOT, 'docs/page-speed.md');
    writeFileSync(file, speedPage(figures));
    say(`Written: docs/page-speed.md`);
  })
  .catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  });
