import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { measure } from '../measure';
import { measurePage } from './measure-page';
import { speedPage } from './speed-page';

const PAGE = join(PROJECT_ROOT, 'docs/page-speed.md');

measure(async (_args, say) => {
  const page = speedPage(await measurePage(say));
  writeFileSync(PAGE, page);
  say(page);
});
