import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { benchmarksPage, promisesPlot } from './benchmarks-page';
import type { Finding, SuiteFindings } from './finding';
import { summary } from './publish';

const DOCS = join(PROJECT_ROOT, 'docs');
const SUITES = [
  { name: 'http', title: 'HTTP', page: 'http.md' },
  { name: 'soak', title: 'Hours', page: 'soak.md' },
];

describe('the page of all measurements', () => {
  it('names what is not held before anything else, with what was promised', () => {
    const page = benchmarksPage(SUITES, [
      kept([{ what: 'an answer', measured: 30, unit: 'ms', goal: { atMost: 20 }, note: 'alone' }]),
    ]);
    expect(page).toContain(
      '## Not held\n\n- an answer: 30 ms, promised at most 20 ms (2026-01-02; alone)',
    );
    expect(page).toContain('1 promise with a number: 0 held, 1 not held, 0 not measured.');
  });

  it('names what was not measured, and the suite that was never run', () => {
    const page = benchmarksPage(SUITES, [
      kept([{ what: 'a start', measured: null, unit: 's', goal: { atMost: 1 }, note: 'no clone' }]),
    ]);
    expect(page).toContain('- a start: no clone');
    expect(page).toContain('- Hours: `npm run bench -- soak` was not run yet');
  });

  it('puts goal, measured, baseline, verdict, day and machine beside each other', () => {
    const page = benchmarksPage(SUITES, [
      kept([
        {
          what: 'a request',
          measured: 1.2,
          unit: 'x',
          goal: { atMost: 1.4 },
          baseline: { name: 'bare', value: 1 },
          spread: { low: 1.1, high: 1.3, of: '5 rounds' },
        },
      ]),
    ]);
    expect(page).toContain(
      '| [a request](http.md) | at most 1.40x | 1.20x (1.10x to 1.30x, 5 rounds) | bare: 1.00x | held | 2026-01-02 | A |',
    );
    expect(page).toContain('| A | a machine |');
  });

  it('cuts bars that are far beyond the promise, and says so', () => {
    const far = { what: 'a search', measured: 100, unit: 'ms', goal: { atMost: 10 } };
    expect(promisesPlot([kept([far])])).toMatchObject({
      bars: [{ name: 'a search', value: 3, label: '10.0 →', missed: true }],
    });
  });

  it('draws a promise of none that was broken to the edge, and what is better than nothing as nothing', () => {
    const lost = { what: 'lost audio', measured: 4, unit: 'ms', goal: { atMost: 0 } };
    const shrunk = { what: 'growth', measured: -3, unit: '%', goal: { atMost: 5 } };
    expect(promisesPlot([kept([lost, shrunk])])).toMatchObject({
      bars: [
        { name: 'lost audio', value: 3, label: '∞ →', missed: true },
        { name: 'growth', value: 0, label: '-0.60', missed: false },
      ],
    });
  });

  it.each(summary(DOCS))('is in docs as the figures there make it: %s', (file, text) => {
    expect(readFileSync(join(DOCS, file), 'utf8')).toBe(text);
  });
});

function kept(findings: Finding[]): SuiteFindings {
  const about = { suite: 'http', measuredOn: '2026-01-02', machine: 'a machine', load: null };
  return { ...about, findings, plots: [] };
}
