import { RecordingBus } from '../testing/recording.bus';
import { BusDataWatch } from './bus-data.watch';
import type { OutboxRepository } from './outbox.repository';

// Fake: the bus, the table, the clock.
describe('the watch over the data of the bus', () => {
  let bus: RecordingBus;
  let adopted: string[];
  let watch: BusDataWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    bus = new RecordingBus();
    adopted = [];
    const adopt = (dataId: string): Promise<number> => {
      adopted.push(dataId);
      return Promise.resolve(0);
    };
    watch = new BusDataWatch(bus, { adopt } as unknown as OutboxRepository);
  });
  afterEach(async () => {
    await watch.beforeApplicationShutdown();
    jest.useRealTimers();
  });

  it('sees within five seconds that the bus has other data', async () => {
    bus.data = 'a';
    watch.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(adopted).toEqual(['a']);
    bus.data = 'b';
    await jest.advanceTimersByTimeAsync(5_000);
    expect(adopted).toEqual(['a', 'b']);
    expect(watch.dataId).toBe('b');
  });

  it('has nothing to do where nothing can be lost', async () => {
    watch.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(adopted).toEqual([]);
    expect(watch.dataId).toBeNull();
  });

  it('looks again after the bus was away', async () => {
    const away = jest.spyOn(bus, 'dataId').mockRejectedValue(new Error('away'));
    watch.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(4_000);
    away.mockRestore();
    bus.data = 'a';
    await jest.advanceTimersByTimeAsync(4_000);
    expect(adopted).toEqual(['a']);
  });
});
