import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import { allTogether, growthOf, type MemoryAt } from './memory-growth';

const HOURS = 1;

describe('the growth of memory', () => {
  it('is that of the last quarter over the second, whatever the first one was', () => {
    const memory = looks(60, (minute) => (minute < 15 ? 10 : minute < 45 ? 100 : 110));
    const growth = growthOf(memory, HOURS, ({ megabytes }) => megabytes.asr);
    expect(growth).toMatchObject({ before: 100, after: 110, most: 110 });
    expect(growth.percent).toBeCloseTo(10);
  });

  it('adds the services up', () => {
    const memory = looks(60, () => 10);
    expect(growthOf(memory, HOURS, allTogether)).toMatchObject({ before: 60, percent: 0 });
  });

  it('is not told from a few looks', () => {
    const memory = looks(60, (minute) => minute).filter(({ minutes }) => minutes % 10 === 0);
    expect(growthOf(memory, HOURS, allTogether).percent).toBeNull();
  });

  it('is not told when nobody looked', () => {
    expect(growthOf([], HOURS, allTogether)).toMatchObject({ most: 0, percent: null });
  });
});

function looks(minutes: number, megabytesAt: (minute: number) => number): MemoryAt[] {
  return Array.from({ length: minutes }, (_, minute) => ({
    minutes: minute,
    megabytes: Object.fromEntries(
      SERVICE_NAMES.map((name) => [name, megabytesAt(minute)]),
    ) as Record<ServiceName, number>,
  }));
}
