import type { TimelineEntry } from '@parley/contracts';
import { Feed } from './feed';

const entry = (cursor?: number): TimelineEntry => ({
  ...(cursor === undefined ? {} : { cursor }),
  type: cursor === undefined ? 'segment.partial' : 'segment.final',
  meetingId: 'm',
  at: '2026-11-22T10:00:00.000Z',
  data: {},
});

/** A timeline in memory whose reads the test lets through one at a time. */
function feedOver(stored: TimelineEntry[], afterCursor = 0) {
  const written: (number | undefined)[] = [];
  const gates: (() => void)[] = [];
  const reads: number[] = [];
  const taken: (() => void)[] = [];
  const line = { full: false };
  const feed = new Feed({
    afterCursor,
    read: async (cursor, limit) => {
      reads.push(cursor);
      const answer = stored.filter((one) => (one.cursor ?? 0) > cursor).slice(0, limit);
      await new Promise<void>((resolve) => gates.push(resolve));
      return answer;
    },
    write: (one, done) => {
      written.push(one.cursor);
      if (done) taken.push(done);
    },
    isFull: () => line.full,
    failed: (error) => {
      throw error;
    },
  });
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet++) {
      const gate = gates.shift();
      if (gate) {
        gate();
        quiet = 0;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** The line takes what was written. */
  const take = async (): Promise<void> => {
    for (const done of taken.splice(0)) done();
    await settle();
  };
  return { feed, written, reads, settle, line, take };
}

describe('Feed', () => {
  it('shows first what is stored after the cursor, then what comes', async () => {
    const { feed, written, settle } = feedOver([entry(1), entry(2), entry(3)], 1);
    feed.start();
    await settle();
    feed.entry(entry(4));
    expect(written).toEqual([2, 3, 4]);
  });

  it('misses nothing that is written while it reads', async () => {
    const stored = [entry(1)];
    const { feed, written, settle } = feedOver(stored);
    feed.start();
    stored.push(entry(2));
    feed.entry(entry(2));
    await settle();
    expect(written).toEqual([1, 2]);
  });

  it('reads again instead of showing a hole when broadcasts overtake each other', async () => {
    const stored = [entry(1), entry(2), entry(3)];
    const { feed, written, settle } = feedOver(stored);
    feed.entry(entry(3));
    feed.entry(entry(2));
    await settle();
    expect(written).toEqual([1, 2, 3]);
  });

  it('shows nothing twice', async () => {
    const { feed, written, settle } = feedOver([entry(1), entry(2)]);
    feed.start();
    await settle();
    feed.entry(entry(1));
    feed.entry(entry(2));
    await settle();
    expect(written).toEqual([1, 2]);
  });

  it('passes partials on without keeping them', async () => {
    const { feed, written, settle } = feedOver([]);
    feed.start();
    await settle();
    feed.entry(entry());
    expect(written).toEqual([undefined]);
  });

  it('waits with what is stored until a full line has taken what was written, and loses nothing meanwhile', async () => {
    const stored = [entry(1), entry(2), entry(3)];
    const { feed, written, reads, settle, line, take } = feedOver(stored);
    line.full = true;
    feed.start();
    await settle();
    expect(written).toEqual([1]);
    expect(reads).toEqual([0]);
    stored.push(entry(4));
    feed.entry(entry(4));
    feed.entry(entry());
    await take();
    expect(written).toEqual([1, 2]);
    // Read again, not held while it waited.
    expect(reads).toEqual([0, 1]);
    line.full = false;
    await take();
    expect(written).toEqual([1, 2, 3, 4]);
    feed.entry(entry(5));
    expect(written.at(-1)).toBe(5);
  });

  it('writes nothing more when it is closed while it waits', async () => {
    const { feed, written, settle, line, take } = feedOver([entry(1), entry(2)]);
    line.full = true;
    feed.start();
    await settle();
    feed.close();
    await take();
    expect(written).toEqual([1]);
  });

  it('writes nothing once it is closed', async () => {
    const { feed, written, settle } = feedOver([entry(1)]);
    feed.start();
    feed.close();
    await settle();
    expect(written).toEqual([]);
  });
});
