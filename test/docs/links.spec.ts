import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from '@parley/config';

/** What a function of docs/site answers, which is a module of the kind that Jest does not load. */
function ask(module: string, call: string): string[] {
  const url = pathToFileURL(join(PROJECT_ROOT, 'docs/site', module)).href;
  const script = `import * as site from '${url}'; console.log(JSON.stringify(${call}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

it('every link of the documentation leads to a file and a heading that are there', () => {
  expect(ask('build-site.mjs', 'site.checkLinks()')).toEqual([]);
});

it('links that lead nowhere are told by their page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-docs-'));
  try {
    mkdirSync(join(folder, 'docs'));
    writeFileSync(join(folder, 'docs/there.md'), '# There it is\n\n## Twice\n\n## Twice\n');
    const links = ['there.md', 'there.md#twice-1', 'there.md#thrice', 'gone.md', '../../out.md'];
    writeFileSync(join(folder, 'docs/page.md'), links.map((link) => `[a](${link})`).join('\n'));
    const call = `site.brokenLinks(${JSON.stringify(folder)}, ['docs/page.md'])`;
    expect(ask('links.mjs', call)).toEqual([
      'docs/page.md: there.md#thrice',
      'docs/page.md: gone.md',
      'docs/page.md: ../../out.md',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
