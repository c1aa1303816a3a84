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
  const feed = new Feed({
    afterCursor,
    read: async (cursor, limit) => {
      const answer = stored.filter((one) => (one.cursor ?? 0) > cursor).slice(0, limit);
      await new Promise<void>((resolve) => gates.push(resolve));
      return answer;
    },
    write: (one) => written.push(one.cursor),
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
  return { feed, written, settle };
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

  it('writes nothing once it is closed', async () => {
    const { feed, written, settle } = feedOver([entry(1)]);
    feed.start();
    feed.close();
    await settle();
    expect(written).toEqual([]);
  });
});
