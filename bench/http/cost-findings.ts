import type { Finding, Plot } from '../report/finding';
import {
  MOST_CPU,
  MOST_CPU_TRACED,
  MOST_MEMORY_MB,
  MOST_P99,
  MOST_START_SECONDS,
  type CostRow,
} from './cost-page';
import type { ServiceFigures } from './services';

/** The cost of each variant beside the bare route of the same round, and what services without engines need. */
export function costFindings(rows: CostRow[], services: ServiceFigures[]): Finding[] {
  const [bare] = rows;
  if (!bare) throw new RangeError('nothing was measured');
  const baseline = { name: bare.name, value: 1 };
  const ours = rows.filter(({ ours: promised }) => promised);
  const against = (row: CostRow, of: 'cpuUs' | 'p99Ms', atMost: number): Finding => {
    const ratios = row.rounds.map((round, nth) => round[of] / (bare.rounds[nth]?.[of] ?? NaN));
    const what = of === 'cpuUs' ? 'processor time of a request' : 'p99 of a request';
    return {
      what: `${what}: ${row.name}`,
      measured: row[of] / bare[of],
      unit: 'x',
      goal: { atMost },
      baseline,
      ...spreadOf(ratios),
    };
  };
  const plain = services.filter(({ note }) => note === '');
  const most = (of: (one: ServiceFigures) => number): number => Math.max(...plain.map(of));
  const mostMb = most(({ pssMb }) => pssMb);
  return [
    ...ours.map((row) => against(row, 'cpuUs', row.traced ? MOST_CPU_TRACED : MOST_CPU)),
    ...ours.map((row) => against(row, 'p99Ms', MOST_P99)),
    ...rows
      .filter((row) => row !== bare && !row.ours)
      .map((row) => ({
        what: `processor time of a request: ${row.name}`,
        measured: row.cpuUs,
        unit: 'µs',
        baseline: { name: bare.name, value: bare.cpuUs },
        ...spreadOf(row.rounds.map(({ cpuUs }) => cpuUs)),
      })),
    {
      what: 'memory of an idle service without engines, the largest',
      measured: Number.isNaN(mostMb) ? null : mostMb,
      unit: 'MB',
      goal: { atMost: MOST_MEMORY_MB },
      ...(Number.isNaN(mostMb) ? { note: 'there is no /proc here' } : {}),
    },
    {
      what: 'start to ready of a service without engines, the slowest',
      measured: most(({ readySeconds }) => readySeconds),
      unit: 's',
      goal: { atMost: MOST_START_SECONDS },
    },
  ];
}

export function costPlots(rows: CostRow[], services: ServiceFigures[]): Plot[] {
  return [
    {
      kind: 'bars',
      id: 'http',
      title: 'Processor time of a request, medians and extremes of the rounds',
      unit: 'µs',
      bars: rows.map(({ name, cpuUs, rounds }) => {
        const all = rounds.map((round) => round.cpuUs);
        return { name, value: cpuUs, low: Math.min(...all), high: Math.max(...all) };
      }),
    },
    {
      kind: 'bars',
      id: 'services-start',
      title: 'Start to ready of each service',
      unit: 's',
      bars: services.map(({ name, readySeconds }) => ({ name, value: readySeconds })),
      goal: MOST_START_SECONDS,
    },
  ];
}

function spreadOf(values: number[]): Pick<Finding, 'spread'> {
  if (values.length < 2) return {};
  const of = `${values.length} rounds`;
  return { spread: { low: Math.min(...values), high: Math.max(...values), of } };
}
