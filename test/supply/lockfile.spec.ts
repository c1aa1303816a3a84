import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string>; license?: string }>;
}

const lock = JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8')) as Lock;

describe('the lock file', () => {
  it('names the optional packages of every platform, or npm ci refuses it (npm run lock)', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) =>
          !(`node_modules/${name}` in lock.packages) &&
          !(`${path}/node_modules/${name}` in lock.packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('holds nothing under a licence that Apache-2.0 cannot live with', () => {
    const forbidden = Object.entries(lock.packages).flatMap(([path, { license }]) =>
      license && /(^|[^L])GPL|SSPL|BUSL|UNLICENSED/.test(license) && !license.includes(' OR ')
        ? [`${path}: ${license}`]
        : [],
    );
    expect(forbidden).toEqual([]);
  });
});
