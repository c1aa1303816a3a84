import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Lock {
  packages: Record<
    string,
    {
      optionalDependencies?: Record<string, string>;
      license?: string;
      dev?: boolean;
      link?: boolean;
    }
  >;
}

const ROOT = join(__dirname, '../..');
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
/** One of these, or an expression of them. Of the weak copyleft ones only MPL: it asks for changed files, and none is. */
const FREE =
  /^\(?(?:(?:MIT(?:-0)?|Apache-2\.0|ISC|0BSD|BSD(?:-[23]-Clause)?|CC0-1\.0|BlueOak-1\.0\.0|Python-2\.0|Unlicense|MPL-2\.0)(?: (?:AND|OR) )?)+\)?$/;
/** What the expression above does not know, and a person has read. */
const LOOKED_AT = [
  // MIT, in the form of npm 1 that lock files leave out.
  /^(?:busboy|streamsearch)$/,
  // BSD-3-Clause, in the same form.
  /^parse-cache-control$/,
  // LGPL-3.0: libvips, a shared library that sharp loads and anybody may replace; Next brings it along.
  /^@img\/sharp-/,
  // CC-BY-4.0: data on browsers that the page's build reads, named in its package.
  /^caniuse-lite$/,
];

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

  it.each(['package-lock.json', 'apps/ui/package-lock.json', 'test/lighthouse/package-lock.json'])(
    'of %s has nothing that runs under a licence that Apache-2.0 cannot live with',
    (file) => {
      const { packages } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Lock;
      const others = Object.entries(packages).flatMap(([path, { license, dev, link }]) => {
        const name = path.split('node_modules/').at(-1) ?? '';
        if (name === '' || dev || link || FREE.test(license ?? '')) return [];
        return LOOKED_AT.some((one) => one.test(name)) ? [] : [`${path}: ${license ?? 'none'}`];
      });
      expect(others).toEqual([]);
    },
  );
});
