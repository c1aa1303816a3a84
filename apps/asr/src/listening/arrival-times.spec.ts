import { ArrivalTimes } from './arrival-times';

describe('ArrivalTimes', () => {
  it('tells how long ago the audio that holds a moment arrived', () => {
    const times = new ArrivalTimes();
    times.note(100, 1_000);
    times.note(200, 1_100);
    times.note(300, 1_200);
    expect(times.msSince(150, 1_600)).toBe(500);
  });

  it('finds two utterances that end in one stretch, the first of which is dealt with', () => {
    const times = new ArrivalTimes();
    times.note(100, 0);
    times.note(1_000, 10);
    times.forgetBefore(300);
    expect([times.msSince(50, 510), times.msSince(300, 510), times.msSince(900, 510)]).toEqual([
      null,
      500,
      500,
    ]);
  });

  it('knows nothing of what has not arrived', () => {
    const times = new ArrivalTimes();
    times.note(100, 0);
    expect(times.msSince(101, 50)).toBeNull();
  });

  it('holds a bounded number of stretches, the latest', () => {
    const times = new ArrivalTimes();
    for (let ms = 1; ms <= 10_000; ms++) times.note(ms, ms);
    expect(times.msSince(1, 10_000)).toBeNull();
  });

  it('does not take a later stretch for one that it has forgotten', () => {
    const times = new ArrivalTimes();
    for (let ms = 1; ms <= 10_000; ms++) times.note(ms, ms);
    expect([times.msSince(1, 10_000), times.msSince(9_000, 10_000)]).toEqual([null, 1_000]);
  });

  it('tells of the same stretch as often as it is asked', () => {
    const times = new ArrivalTimes();
    times.note(100, 1_000);
    times.note(200, 1_100);
    expect([times.msSince(150, 1_600), times.msSince(50, 1_600)]).toEqual([500, 600]);
  });
});
