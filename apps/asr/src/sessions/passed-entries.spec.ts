import { PassedEntries } from './passed-entries';

describe('PassedEntries', () => {
  const settled =
    (main: number, guest: number) =>
    (channel: string): number =>
      channel === 'main' ? main : guest;

  it('lets go of entries in order, up to the first that a channel still needs', () => {
    const passed = new PassedEntries();
    passed.note('1', 'main', 100);
    passed.note('2', 'guest', 100);
    passed.note('3', 'main', 200);
    expect(passed.take(settled(200, 0))).toBe('1');
    expect(passed.take(settled(200, 0))).toBeNull();
    expect(passed.take(settled(200, 100))).toBe('3');
  });
});
