import { deliveriesPage, type DeliveryFindings } from './deliveries-page';
import { deliveryFindings } from './delivery-findings';

const machine = { cpu: 'a processor', cores: 2, memoryGb: 8, system: 'a system', node: 'v20' };
const times = { p50: 1, p95: 2 };

/** The median of the differences (20 µs) is not the difference of the medians (100 µs). */
const scoping = {
  name: 'reading: scoping',
  guardedUs: 400,
  baselineUs: 300,
  difference: { median: 20, from: -4, to: 60 },
  parts: ['scope' as const],
  isNoise: false,
};
const noise = {
  name: 'making, against itself',
  guardedUs: 200,
  baselineUs: 200,
  difference: { median: -2, from: -10, to: 10 },
  parts: [],
  isNoise: true,
};
const measured: DeliveryFindings = {
  providerMs: 20,
  carried: [],
  breaker: { well: times, open: times, attempts: 4 },
  // Whatever comes first: what a row is does not hang on its place.
  requests: [noise, scoping],
  parts: { seal: 12, open: 5, scope: 4 },
};

describe('what scoping costs a request', () => {
  const shares = deliveryFindings(measured).filter(({ what }) => what.startsWith('share'));

  it('is the median over pairs of rounds, with where it lies and beside what is noise', () => {
    expect(shares).toEqual([
      {
        what: 'share of a request, reading: scoping',
        measured: 5,
        unit: '%',
        goal: { atMost: 5 },
        spread: { low: -1, high: 15, of: 'with 95 % certainty' },
        baseline: { name: 'without either, against itself', value: -1 },
      },
    ]);
  });

  it('is the same on the page', () => {
    const page = deliveriesPage('2026-01-02', machine, measured);
    expect(page).toContain(
      '| reading: scoping | 400 µs | 300 µs | 5.0 % (-1.0 % to 15.0 %) | <= 5 % | 1.0 % |',
    );
    expect(page).toContain(
      '| making, against itself | 200 µs | 200 µs | -1.0 % (-5.0 % to 5.0 %) |  |  |',
    );
  });
});
