import { inUnit, shareOfPromise, verdictOf, type Finding } from './finding';

const finding = (more: Partial<Finding>): Finding => ({
  what: 'a number',
  measured: 10,
  unit: 'ms',
  ...more,
});

describe('a finding', () => {
  it.each<[string, Partial<Finding>]>([
    ['held', { goal: { atMost: 10 } }],
    ['not held', { goal: { atMost: 9.9 } }],
    ['held', { goal: { atLeast: 10 } }],
    ['not held', { goal: { atLeast: 10.1 } }],
    ['not measured', { goal: { atMost: 10 }, measured: null }],
    ['nothing promised', {}],
    ['not held', { goal: { atMost: 10 }, measured: Number.NaN }],
  ])('is %s: %j', (verdict, more) => {
    expect(verdictOf(finding(more))).toBe(verdict);
  });

  it('uses up a share of its promise, whichever way that goes', () => {
    expect(shareOfPromise(finding({ goal: { atMost: 20 } }))).toBe(0.5);
    expect(shareOfPromise(finding({ goal: { atLeast: 5 } }))).toBe(0.5);
    expect(shareOfPromise(finding({}))).toBeNull();
  });

  it('uses up nothing of a promise of none, or more than any share of it', () => {
    expect(shareOfPromise(finding({ goal: { atMost: 0 }, measured: 0 }))).toBe(0);
    expect(shareOfPromise(finding({ goal: { atMost: 0 } }))).toBe(Infinity);
    expect(shareOfPromise(finding({ goal: { atLeast: 20 }, measured: 0 }))).toBe(Infinity);
    expect(shareOfPromise(finding({ goal: { atLeast: 5 }, measured: -1 }))).toBe(Infinity);
  });

  it.each([
    [1.994, 'x', '1.99x'],
    [0.8044, '', '0.804'],
    [2.98, 's', '2.98 s'],
    [71.84, 'ms', '71.8 ms'],
    [26_600, 'a second', '26,600 a second'],
  ])('reads %d in %s as %s', (value, unit, text) => {
    expect(inUnit(value, unit)).toBe(text);
  });
});
