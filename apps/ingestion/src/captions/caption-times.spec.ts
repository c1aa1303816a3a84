import { captionTimes } from './caption-times';

const startedAt = new Date('2026-05-04T10:00:00Z');
const after = (ms: number): Date => new Date(startedAt.getTime() + ms);
const text = 'We ship it on Friday.';

describe('when a caption was said', () => {
  it('is what its sender says', () => {
    const said = { text, startMs: 5_000, endMs: 6_000 };
    expect(captionTimes(said, { startedAt }, after(60_000))).toEqual({
      startMs: 5_000,
      endMs: 6_000,
    });
  });

  it('is up to now, for as long as its words take, where nobody says', () => {
    expect(captionTimes({ text }, { startedAt }, after(60_000))).toEqual({
      startMs: 58_000,
      endMs: 60_000,
    });
  });

  it('takes as long as its words where only one end is said', () => {
    const now = after(60_000);
    const from = captionTimes({ text, startMs: 5_000 }, { startedAt }, now);
    expect(from).toEqual({ startMs: 5_000, endMs: 7_000 });
    const until = captionTimes({ text, endMs: 5_000 }, { startedAt }, now);
    expect(until).toEqual({ startMs: 3_000, endMs: 5_000 });
  });

  it('is never before the meeting', () => {
    expect(captionTimes({ text }, { startedAt }, after(500))).toEqual({ startMs: 0, endMs: 500 });
    expect(captionTimes({ text }, { startedAt }, after(-500))).toEqual({ startMs: 0, endMs: 0 });
  });

  it('is not guessed in a meeting that began more than a day ago', () => {
    const now = after(24 * 3_600_000 + 1);
    expect(() => captionTimes({ text }, { startedAt }, now)).toThrow(/more than a day ago/);
  });
});
