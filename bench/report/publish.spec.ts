import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from './finding';
import { publish } from './publish';

const ABOUT = { suite: 'http', measuredOn: '2026-01-02', machine: 'a machine', load: null };

describe('publishing what was measured', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-publish-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const published = (more: Partial<Finding>): string[] => {
    const finding = { what: 'a request', measured: 1, unit: 'x', ...more };
    publish(folder, { page: '# A page\n', findings: [finding], plots: [] }, ABOUT);
    return readdirSync(folder).sort();
  };

  it.each<[string, Partial<Finding>]>([
    ['NaN', { measured: Number.NaN }],
    ['Infinity', { measured: Infinity }],
    ['NaN', { baseline: { name: 'bare', value: Number.NaN } }],
    ['-Infinity', { spread: { low: -Infinity, high: 2, of: '5 rounds' } }],
    ['NaN', { spread: { low: 1, high: Number.NaN, of: '5 rounds' } }],
  ])('refuses %s, which would be kept as not measured: %j', (figure, more) => {
    expect(() => published(more)).toThrow(`a request: ${figure} is no figure`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes the page, the figures and the summary, and takes what nobody could measure', () => {
    const written = published({ measured: null, note: 'there is no /proc here' });
    expect(written).toEqual([
      'benchmarks',
      'benchmarks.md',
      'images',
      'platform-cost.md',
      'quality.md',
    ]);
  });
});
