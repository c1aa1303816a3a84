import { audioLogContract } from '../testing/audio-log.contract';
import { broadcastContract } from '../testing/broadcast.contract';
import { Collector } from '../testing/collector';
import {
  eventBusContract,
  MAX_DELIVERIES,
  type EventBusHarness,
} from '../testing/event-bus.contract';
import { eventBusModel } from '../testing/event-bus.model';
import { meetingEnded } from '../testing/events';
import { MemoryAudioLog } from './memory-audio-log';
import { MemoryBroadcast } from './memory-broadcast';
import { MemoryEventBus, type MemoryEventBusOptions } from './memory-event-bus';

const quick = { maxDeliveries: MAX_DELIVERIES, firstRetryMs: 5, outageRetryMs: 5 };
const meetings = { topics: ['meeting'], types: ['meeting.ended'] } as const;

const harness = (): Promise<EventBusHarness> =>
  Promise.resolve({
    open: () => new MemoryEventBus(quick),
    corrupt: (bus, json) => (bus as MemoryEventBus).put('meeting', { type: undefined, json }),
    ready: () => Promise.resolve(),
  });
eventBusContract('in memory', harness);
eventBusModel('in memory', harness);
broadcastContract('in memory', () => Promise.resolve(() => new MemoryBroadcast()));
audioLogContract('in memory', () => Promise.resolve(() => new MemoryAudioLog()));

describe('the embedded event bus', () => {
  let bus: MemoryEventBus;
  const open = (options: MemoryEventBusOptions = {}): void => {
    bus = new MemoryEventBus({ ...quick, ...options });
  };

  beforeEach(() => {
    open();
  });

  afterEach(async () => {
    await bus.close();
  });

  it('has published only when every group acknowledged', async () => {
    const order: string[] = [];
    for (const group of ['nlu', 'agent']) {
      const handler = async (): Promise<void> => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push(group);
      };
      await bus.subscribe({ group, ...meetings, handler });
    }
    await bus.publish(meetingEnded());
    order.push('published');
    expect(order).toEqual(['nlu', 'agent', 'published']);
  });

  it('takes an event that nobody listens to', async () => {
    await expect(bus.publish(meetingEnded())).resolves.toBeUndefined();
  });

  it('refuses an event while a group that takes it is stopped, so that the outbox keeps it', async () => {
    const first = await bus.subscribe({
      group: 'nlu',
      ...meetings,
      handler: new Collector().handler,
    });
    await first.close();
    const event = meetingEnded();
    await expect(bus.publish(event)).rejects.toThrow('no consumer of nlu is running');
    const back = new Collector();
    await bus.subscribe({ group: 'nlu', ...meetings, handler: back.handler });
    await bus.publish(event);
    expect(back.ids).toEqual([event.id]);
  });

  it('tells the publisher when a group stops before a failed event was tried again', async () => {
    open({ firstRetryMs: 60_000, longestRetryMs: 60_000 });
    const failing = new Collector(() => {
      throw new Error('no');
    });
    const subscription = await bus.subscribe({
      group: 'nlu',
      ...meetings,
      handler: failing.handler,
    });
    const publishing = bus.publish(meetingEnded());
    await failing.called(1);
    const refused = expect(publishing).rejects.toThrow('no consumer of nlu is running');
    await subscription.close();
    await refused;
  });

  it('publishes nothing before every awaited group has come', async () => {
    open({ awaitGroups: ['nlu', 'agent'] });
    const nlu = new Collector();
    const agent = new Collector();
    await bus.subscribe({ group: 'nlu', ...meetings, handler: nlu.handler });
    const publishing = bus.publish(meetingEnded());
    expect(nlu.events).toEqual([]);
    await bus.subscribe({ group: 'agent', ...meetings, handler: agent.handler });
    await publishing;
    expect([nlu.events.length, agent.events.length]).toEqual([1, 1]);
  });

  it('sends the publisher away when an awaited group does not come in time', async () => {
    open({ awaitGroups: ['nlu'], awaitMs: 5 });
    await expect(bus.publish(meetingEnded())).rejects.toThrow('no consumer of nlu is running');
  });

  it('refuses more than it may hold', async () => {
    open({ maxQueued: 1, concurrency: 1 });
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const slow = new Collector(() => released);
    await bus.subscribe({ group: 'nlu', ...meetings, handler: slow.handler });
    const taken = [bus.publish(meetingEnded()), bus.publish(meetingEnded())];
    await slow.called(1);
    await expect(bus.publish(meetingEnded())).rejects.toThrow('the embedded bus is full: nlu');
    release();
    await Promise.all(taken);
  });
});

describe('the embedded audio log', () => {
  it('refuses more than it may hold until something is trimmed', async () => {
    const log = new MemoryAudioLog({ maxBytes: 64 });
    const entry = { kind: 'audio', channel: 'main', startMs: 0, pcm: Buffer.alloc(64) } as const;
    const id = await log.append('meeting', entry);
    await expect(log.append('meeting', entry)).rejects.toThrow('full');
    await log.trim('meeting', id);
    await expect(log.append('meeting', entry)).resolves.toEqual(expect.any(String));
    await log.close();
  });
});
