import { AudioClock, BYTES_PER_MS } from './audio-clock';

describe('AudioClock', () => {
  it('places the first frame where the sender resumes', () => {
    const clock = new AudioClock(1_500);
    expect(clock.accept(Buffer.alloc(20 * BYTES_PER_MS))).toMatchObject({ startMs: 1_500 });
    expect(clock.nextMs).toBe(1_520);
  });

  it('keeps the bytes of an unfinished millisecond for the next frame', () => {
    const clock = new AudioClock(0);
    const all = Buffer.from(Array.from({ length: 10 * BYTES_PER_MS }, (_, index) => index % 251));
    const parts = [all.subarray(0, 33), all.subarray(33, 50), all.subarray(50)];
    const whole = parts.flatMap((part) => clock.accept(part) ?? []);
    expect(Buffer.concat(whole.map(({ pcm }) => pcm)).equals(all)).toBe(true);
    expect(whole.map(({ startMs }) => startMs)).toEqual([0, 1]);
    expect(clock.nextMs).toBe(10);
  });

  it('moves on over time that was never captured', () => {
    const clock = new AudioClock(100);
    expect(clock.skip(40)).toEqual({ startMs: 100, endMs: 140 });
    expect(clock.accept(Buffer.alloc(BYTES_PER_MS))).toMatchObject({ startMs: 140 });
  });
});
