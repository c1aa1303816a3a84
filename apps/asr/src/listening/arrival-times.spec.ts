import { ArrivalTimes } from './arrival-times';

describe('ArrivalTimes', () => {
  it('tells how long ago the audio that holds a moment arrived', () => {
    const times = new ArrivalTimes();
    times.note(100, 1_000);
    times.note(200, 1_100);
    times.note(300, 1_200);
    expect(times.secondsSince(150, 1_600)).toBeCloseTo(0.5);
  });

  it('finds two utterances that end in one stretch', () => {
    const times = new ArrivalTimes();
    times.note(1_000, 0);
    expect([times.secondsSince(300, 500), times.secondsSince(900, 500)]).toEqual([0.5, 0.5]);
  });

  it('knows nothing of what has not arrived', () => {
    const times = new ArrivalTimes();
    times.note(100, 0);
    expect(times.secondsSince(101, 50)).toBeNull();
  });

  it('holds a bounded number of stretches, the latest', () => {
    const times = new ArrivalTimes();
    for (let ms = 1; ms <= 10_000; ms++) times.note(ms, ms);
    expect(times.secondsSince(1, 10_000)).toBeCloseTo(1.999);
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
