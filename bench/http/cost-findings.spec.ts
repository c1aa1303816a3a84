import { costFindings } from './cost-findings';
import { platformCostPage, type CostRow } from './cost-page';
import type { ServiceFigures } from './services';

const round = { perSecond: 100, failures: 0, p50Ms: 1, p99Ms: 2, cpuUs: 100 };
const bare: CostRow = {
  ...{ name: 'bare', ours: false, traced: false, cpuUs: 100, p50Ms: 1, p99Ms: 2 },
  ...{ perSecond: 100, failures: 0, rounds: [round] },
};
const machine = { cpu: 'a processor', cores: 2, memoryGb: 8, system: 'a system', node: 'v20' };

describe('what a service needs where the system does not tell of memory', () => {
  const service: ServiceFigures = {
    ...{ name: 'nlu', pssMb: Number.NaN, readySeconds: 0.5, readyCpuSeconds: Number.NaN, note: '' },
  };

  it('is not measured, rather than nothing', () => {
    expect(costFindings([bare], [service])).toContainEqual({
      what: 'memory of an idle service without engines, the largest',
      measured: null,
      unit: 'MB',
      goal: { atMost: 120 },
      note: 'there is no /proc here',
    });
  });

  it('is said on the page, beside what is promised of it', () => {
    const page = platformCostPage('2026-01-02', machine, [bare], [service]);
    expect(page).toContain('| nlu | not told | 0.50 | not told |  |');
    expect(page).toContain(
      'Promised: at most 120 MB for a service without engines, ready within 1 s.',
    );
  });
});
