import type { SuiteFindings } from './finding';
import { qualityPage } from './quality-page';

const SUITES = [
  { name: 'speech', title: 'Listening', page: 'speech-quality.md' },
  { name: 'understanding', title: 'Understanding', page: 'understanding-quality.md' },
  { name: 'http', title: 'HTTP', page: 'http.md' },
];
const ABOUT = { measuredOn: '2026-01-02', machine: 'a machine', load: null, plots: [] };

describe('the page of quality', () => {
  it('says what was measured beside what is promised and what else there is, and where all of it stands', () => {
    const speech: SuiteFindings = {
      ...ABOUT,
      suite: 'speech',
      findings: [
        {
          what: 'wrong words',
          measured: 8,
          unit: '%',
          goal: { atMost: 7 },
          baseline: { name: 'fixed chunks', value: 32 },
          note: 'of two recordings',
        },
      ],
    };
    const page = qualityPage(SUITES, [speech]);
    expect(page).toContain('[speech-quality.md](speech-quality.md)');
    expect(page).toContain(
      '| wrong words | 8 % | at most 7 % | fixed chunks: 32 % | **not held**; of two recordings |',
    );
  });

  it('says what nobody measured, and leaves out what is of speed', () => {
    const page = qualityPage(SUITES, []);
    expect(page).toContain('## Understanding\n\nNobody measured it yet.');
    expect(page).not.toContain('HTTP');
  });
});
