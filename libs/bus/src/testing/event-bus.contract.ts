import { Logger } from '@nestjs/common';
import { MeetingEnded } from '@parley/contracts';
import type { DeadLetter } from '../delivery/dead-letter';
import type { EventBus, EventHandler } from '../event-bus';
import { Collector } from './collector';
import { documentRemoved, meetingEnded, meetingErased } from './events';
import { until } from './until';

/** What a test needs of a transport beyond the port. */
export interface EventBusHarness {
  /** A bus on the test's own transport, as a process opens it; closed by the suite. */
  open(): EventBus;
  /** Puts a message on the `meeting` topic that no bus of ours would write. */
  corrupt(bus: EventBus, json: string): Promise<void>;
  deadLetters(bus: EventBus): Promise<DeadLetter[]>;
}

/** How many deliveries a message gets in these tests. */
export const MAX_DELIVERIES = 3;

/** What every event bus promises; run against each adapter. */
export function eventBusContract(name: string, prepare: () => Promise<EventBusHarness>): void {
  describe(`event bus (${name})`, () => {
    let harness: EventBusHarness;
    let bus: EventBus;
    const listen = (group: string, handler: EventHandler) =>
      bus.subscribe({ group, topics: ['meeting'], types: ['meeting.ended'], handler });

    beforeEach(async () => {
      Logger.overrideLogger(false);
      harness = await prepare();
      bus = harness.open();
    });

    afterEach(async () => {
      await bus.close();
    });

    it('delivers an event once to each group', async () => {
      const nlu = new Collector();
      const agent = new Collector();
      await listen('nlu', nlu.handler);
      await listen('agent', agent.handler);
      const [first, second] = [meetingEnded(), meetingEnded()];
      await bus.publish(first);
      await bus.publish(second);
      await Promise.all([nlu.called(2), agent.called(2)]);
      expect([nlu.ids, agent.ids]).toEqual([
        [first.id, second.id],
        [first.id, second.id],
      ]);
    });

    it('shares the events among the consumers of a group', async () => {
      const all = new Collector();
      const [left, right] = [new Collector(all.handler), new Collector(all.handler)];
      await listen('nlu', left.handler);
      await listen('nlu', right.handler);
      const events = Array.from({ length: 20 }, meetingEnded);
      await bus.publish(...events);
      await all.called(20);
      expect([...left.ids, ...right.ids].sort()).toEqual(events.map(({ id }) => id).sort());
    });

    it('hands over a validated event with all its fields', async () => {
      const nlu = new Collector();
      await listen('nlu', nlu.handler);
      const event = meetingEnded();
      await bus.publish(event);
      await nlu.called(1);
      expect(nlu.events[0]).toEqual(event);
      expect(nlu.events[0]?.data).toBeInstanceOf(MeetingEnded);
    });

    it('passes by other topics and types that the group did not ask for', async () => {
      const nlu = new Collector();
      await listen('nlu', nlu.handler);
      const wanted = meetingEnded();
      await bus.publish(documentRemoved(), meetingErased(), wanted);
      await nlu.called(1);
      expect(nlu.ids).toEqual([wanted.id]);
    });

    it('delivers again when the handler throws', async () => {
      const nlu = new Collector((_event, nth) => {
        if (nth < MAX_DELIVERIES) throw new Error('database away');
      });
      await listen('nlu', nlu.handler);
      const event = meetingEnded();
      await bus.publish(event);
      await nlu.called(MAX_DELIVERIES);
      expect(new Set(nlu.ids)).toEqual(new Set([event.id]));
      expect(await harness.deadLetters(bus)).toEqual([]);
    });

    it('does not bother the other groups when one of them fails', async () => {
      const failing = new Collector(() => {
        throw new Error('no');
      });
      const agent = new Collector();
      await listen('nlu', failing.handler);
      await listen('agent', agent.handler);
      await bus.publish(meetingEnded());
      await failing.called(MAX_DELIVERIES);
      await agent.called(1);
      expect(agent.events).toHaveLength(1);
    });

    it('gives up to the dead letters, with the reason, and does not hold up others', async () => {
      const poison = meetingEnded();
      const good = meetingEnded();
      const nlu = new Collector(({ id }) => {
        if (id === poison.id) throw new TypeError('cannot read it');
      });
      await listen('nlu', nlu.handler);
      await bus.publish(poison, good);
      const [letter] = await until(async () => {
        const letters = await harness.deadLetters(bus);
        return letters.length > 0 ? letters : undefined;
      });
      expect(letter).toMatchObject({
        topic: 'meeting',
        group: 'nlu',
        deliveries: MAX_DELIVERIES,
        reason: 'TypeError: cannot read it',
        event: JSON.stringify(poison),
      });
      expect(nlu.ids.filter((id) => id === poison.id)).toHaveLength(MAX_DELIVERIES);
      expect(nlu.ids.indexOf(good.id)).toBeLessThan(nlu.ids.lastIndexOf(poison.id));
    });

    it.each([
      ['not JSON', '{"type":', 'InvalidEventError: invalid event: not JSON'],
      [
        'an unknown type',
        '{"type":"meeting.exploded","data":{}}',
        'unknown type "meeting.exploded"',
      ],
      ['a missing field', JSON.stringify({ ...meetingEnded(), data: {} }), 'channels'],
    ])('sends a message with %s to the dead letters at once', async (_what, json, reason) => {
      const nlu = new Collector();
      await listen('nlu', nlu.handler);
      await harness.corrupt(bus, json);
      const [letter] = await until(async () => {
        const letters = await harness.deadLetters(bus);
        return letters.length > 0 ? letters : undefined;
      });
      expect(letter).toMatchObject({ deliveries: 1, event: json });
      expect(letter?.reason).toContain(reason);
      expect(nlu.events).toEqual([]);
    });

    it('finishes the handler in hand before a subscription is closed', async () => {
      let finish = (): void => undefined;
      let finished = false;
      const nlu = new Collector(async () => {
        await new Promise<void>((resolve) => (finish = resolve));
        finished = true;
      });
      const subscription = await listen('nlu', nlu.handler);
      const published = bus.publish(meetingEnded());
      await nlu.called(1);
      const closing = subscription.close();
      finish();
      await closing;
      expect(finished).toBe(true);
      await published;
    });

    it('can be closed twice, the subscription as well as the bus', async () => {
      const subscription = await listen('nlu', new Collector().handler);
      await subscription.close();
      await subscription.close();
      await bus.close();
      await bus.close();
      await expect(bus.publish(meetingEnded())).rejects.toThrow('the bus is closed');
    });

    it('answers a ping', async () => {
      await expect(bus.ping()).resolves.toBeUndefined();
    });
  });
}
