import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';

const scan = (folder: string): { status: number | null; stdout: string } =>
  spawnSync(process.execPath, ['test/supply/find-secrets.mjs', folder], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
  });

it('no file that git keeps has anybody’s secret in it', () => {
  expect(scan(PROJECT_ROOT)).toMatchObject({ status: 0, stdout: '' });
});

it('one that is planted is found, and told by its place alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-secrets-'));
  try {
    const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
    writeFileSync(join(folder, 'notes.md'), `First line\n${token}\n`);
    execFileSync('git', ['init', '-q'], { cwd: folder });
    execFileSync('git', ['add', '.'], { cwd: folder });
    const { status, stdout } = scan(folder);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^notes\.md:2 /);
    expect(stdout).not.toContain('wWPw5k4');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
