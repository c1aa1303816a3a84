import { Seeded } from '../harness/seeded';
import { allFaults } from './kinds';
import { planEpisodes } from './plan';

const names = (count: number, seed = 1): string[] =>
  planEpisodes(allFaults, count, new Seeded(seed)).flatMap(({ faults }) =>
    faults.map(({ name }) => name),
  );

describe('the plan of a fault run', () => {
  it('has every kind before any comes a second time', () => {
    expect(new Set(names(allFaults.length))).toEqual(new Set(allFaults.map(({ name }) => name)));
    expect(names(30)).toHaveLength(30);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(names(30, 7)).toEqual(names(30, 7));
    expect(names(30, 7)).not.toEqual(names(30, 8));
  });

  it('keeps apart what may lose something, so that all else has to lose nothing', () => {
    for (const { faults, allowances } of planEpisodes(allFaults, 60, new Seeded(3))) {
      expect(faults.length).toBeLessThanOrEqual(5);
      expect(new Set(faults.map(({ allows }) => allows)).size).toBe(1);
      expect([...allowances]).toEqual(faults[0]?.allows ? [faults[0].allows] : []);
    }
  });
});
