import { RecordingBus } from '../testing/recording.bus';
import { someEvent } from '../testing/service-app';
import { OutboxRelay } from './outbox.relay';
import type { ClaimedEntry, OutboxRepository } from './outbox.repository';

/** Stands for the table: what is to be claimed, and what the relay said about it. */
class FakeOutbox {
  waiting: ClaimedEntry[] = [];
  released: string[] = [];
  marked: string[][] = [];
  claims = 0;

  claim(limit: number): Promise<ClaimedEntry[]> {
    this.claims += 1;
    return Promise.resolve(this.waiting.splice(0, limit));
  }

  release(positions: string[]): Promise<void> {
    this.released.push(...positions);
    return Promise.resolve();
  }

  markPublished(positions: string[]): Promise<void> {
    this.marked.push(positions);
    return Promise.resolve();
  }
}

function entries(count: number): ClaimedEntry[] {
  return Array.from({ length: count }, (_, n) => ({
    position: String(n + 1),
    envelope: someEvent(),
  }));
}

// Fake: the table, the bus, the clock.
describe('the outbox relay', () => {
  let outbox: FakeOutbox;
  let bus: RecordingBus;
  let relay: OutboxRelay;

  beforeEach(() => {
    jest.useFakeTimers();
    outbox = new FakeOutbox();
    bus = new RecordingBus();
    relay = new OutboxRelay(outbox as unknown as OutboxRepository, bus, { dataId: null });
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('publishes at once what a unit of work hands over, without asking the table', async () => {
    relay.send(entries(1));
    expect(bus.taken).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(outbox.claims).toBe(0);
  });

  it('marks what it published within a moment in one statement', async () => {
    relay.send(entries(3));
    await jest.advanceTimersByTimeAsync(100);
    expect(outbox.marked).toEqual([['1', '2', '3']]);
  });

  it('asks the table once more, not many times more, when kicked while it asks', async () => {
    for (let kicks = 0; kicks < 20; kicks++) relay.kick();
    await jest.advanceTimersByTimeAsync(100);
    expect(outbox.claims).toBe(2);
  });

  it('takes no more while too many events wait for their handlers', async () => {
    bus.holding = true;
    outbox.waiting = entries(1_000);
    relay.kick();
    await jest.advanceTimersByTimeAsync(100);
    expect(bus.taken).toHaveLength(500);
    expect(relay.takesMore).toBe(false);
    bus.letGo();
    await jest.advanceTimersByTimeAsync(100);
    relay.kick();
    await jest.advanceTimersByTimeAsync(100);
    expect(bus.taken).toHaveLength(1_000);
  });

  it('gives back what the bus refuses, and rests before it tries again', async () => {
    const [entry] = entries(1);
    bus.refusals = 1;
    relay.send(entry ? [entry] : []);
    await jest.advanceTimersByTimeAsync(0);
    expect(outbox.released).toEqual(['1']);
    expect(relay.takesMore).toBe(false);
    outbox.waiting = entry ? [entry] : [];
    await jest.advanceTimersByTimeAsync(250);
    expect(bus.taken).toEqual([entry?.envelope]);
  });

  it('rests longer with each failure in a row, up to a bound', async () => {
    bus.refusals = Number.POSITIVE_INFINITY;
    outbox.release = (): Promise<void> => {
      outbox.waiting = entries(1);
      return Promise.resolve();
    };
    relay.send(entries(1));
    await jest.advanceTimersByTimeAsync(60_000);
    // 0.25 s doubled up to 10 s, each at least halved by the jitter.
    expect(outbox.claims).toBeGreaterThan(8);
    expect(outbox.claims).toBeLessThan(20);
  });

  it('leaves to the next process what its handlers do not finish in time', async () => {
    bus.holding = true;
    relay.send(entries(2));
    const stopped = relay.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(5_000);
    await stopped;
    expect(outbox.released).toEqual(['1', '2']);
    relay.send(entries(3));
    expect(bus.taken).toHaveLength(2);
  });
});
