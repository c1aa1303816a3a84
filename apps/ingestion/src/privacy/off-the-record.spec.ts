import { afterSwitch, wasOffTheRecord } from './off-the-record';

describe('when a meeting was off the record', () => {
  it('is from one switch to the other, as often as there are some', () => {
    const off = afterSwitch([], { from: 'transcript', to: 'off-the-record', atMs: 1_000 });
    expect(off).toEqual([{ startMs: 1_000, endMs: null }]);
    const on = afterSwitch(off, { from: 'off-the-record', to: 'notes-only', atMs: 2_000 });
    expect(on).toEqual([{ startMs: 1_000, endMs: 2_000 }]);
    const again = afterSwitch(on, { from: 'notes-only', to: 'off-the-record', atMs: 3_000 });
    expect(again).toEqual([...on, { startMs: 3_000, endMs: null }]);
  });

  it('is not touched by other switches', () => {
    expect(afterSwitch([], { from: 'transcript', to: 'notes-only', atMs: 5 })).toEqual([]);
  });

  it('is all until it ends, where nobody noted when it began', () => {
    const since = afterSwitch([], { from: 'off-the-record', to: 'transcript', atMs: 7_000 });
    expect(since).toEqual([{ startMs: 0, endMs: 7_000 }]);
  });

  it('holds for whatever overlaps it, and for all that follows while it goes on', () => {
    const spans = [
      { startMs: 1_000, endMs: 2_000 },
      { startMs: 5_000, endMs: null },
    ];
    const was = (startMs: number, endMs: number) => wasOffTheRecord(spans, { startMs, endMs });
    expect([was(0, 1_000), was(2_000, 5_000)]).toEqual([false, false]);
    expect([was(0, 1_001), was(1_999, 3_000), was(4_000, 9_000), was(9_000, 9_001)]).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    expect(was(1_500, 1_500)).toBe(true);
  });
});
