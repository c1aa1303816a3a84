import { MeetingEnded } from '@parley/contracts';
import { OutageError } from '../delivery/bus-errors';
import { compareLetterIds } from '../delivery/dead-letter';
import { nobodyListens, type GroupListener } from '../delivery/group-listener';
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
  /** Resolves once the bus can be used. */
  ready(bus: EventBus): Promise<void>;
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

    it('knows how far a group is with a topic, and of which it has none', async () => {
      let letGo = (): void => undefined;
      const held = new Promise<void>((resolve) => (letGo = resolve));
      const collector = new Collector(() => held);
      await listen('nlu', collector.handler);
      const published = bus.publish(meetingEnded());
      await collector.called(1);
      const [state, ...others] = await bus.state('nlu', ['meeting', 'insight']);
      expect(state).toMatchObject({ topic: 'meeting', lag: 0, pending: 1, deadLetters: 0 });
      expect(others).toEqual([]);
      expect(await bus.state('agent', ['meeting'])).toEqual([]);
      letGo();
      await published;
      const idle = async (): Promise<true | undefined> => {
        const [now] = await bus.state('nlu', ['meeting']);
        return now?.pending === 0 || undefined;
      };
      expect(await until(idle)).toBe(true);
    });

    it('tells who listens what became of each delivery', async () => {
      const told: string[] = [];
      const failing = new Collector((_event, nth) => {
        if (nth === 1) throw new Error('once');
      });
      const allTold = new Promise<void>((resolve) => {
        const listener: GroupListener = {
          ...nobodyListens,
          handled: (topic, outcome) => {
            told.push(`${topic} ${outcome}`);
            if (told.length === 3) resolve();
          },
        };
        void bus.subscribe({
          group: 'nlu',
          topics: ['meeting'],
          types: ['meeting.ended'],
          handler: failing.handler,
          listener,
        });
      });
      await bus.publish(meetingEnded());
      await harness.corrupt(bus, '{}');
      await allTold;
      expect(told.sort()).toEqual(['meeting dead', 'meeting done', 'meeting retry']);
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
      expect(await bus.deadLetters.list('meeting')).toEqual([]);
    });

    it('counts no delivery of an outage, however long it lasts, and all that follow', async () => {
      const outage = 2 * MAX_DELIVERIES;
      const nlu = new Collector((_event, nth) => {
        if (nth <= outage) throw new OutageError(new Error('database away'));
        if (nth < outage + MAX_DELIVERIES) throw new Error('not yet');
      });
      await listen('nlu', nlu.handler);
      const event = meetingEnded();
      await bus.publish(event);
      await nlu.called(outage + MAX_DELIVERIES);
      expect(new Set(nlu.ids)).toEqual(new Set([event.id]));
      const [state] = await bus.state('nlu', ['meeting']);
      expect(state?.deadLetters).toBe(0);
      const hopeless = new Collector((_event, nth) => {
        throw nth === 1 ? new OutageError(new Error('database away')) : new Error('never');
      });
      await listen('agent', hopeless.handler);
      await bus.publish(meetingEnded());
      const letters = async () => (await bus.deadLetters.list('meeting'))[0];
      expect(await until(letters)).toMatchObject({ deliveries: MAX_DELIVERIES });
    });

    it('forgets the dead letters of a meeting, and of no other that mentions it', async () => {
      const failing = new Collector(() => {
        throw new Error('no');
      });
      await listen('nlu', failing.handler);
      const own = meetingEnded();
      const other = { ...meetingEnded(), traceparent: own.meetingId ?? '' };
      await bus.publish(own, other);
      const letters = await until(async () => {
        const found = await bus.deadLetters.list('meeting');
        return found.length === 2 ? found : undefined;
      });
      expect(letters).toHaveLength(2);
      expect((await bus.forget(own.meetingId ?? '')).went).toBeGreaterThan(0);
      const [left, ...none] = await bus.deadLetters.list('meeting');
      expect(left?.event).toContain(other.id);
      expect(none).toEqual([]);
      expect(await bus.forget(own.meetingId ?? '')).toEqual({ went: 0, waiting: 0 });
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
        const letters = await bus.deadLetters.list('meeting');
        return letters.length > 0 ? letters : undefined;
      });
      expect(letter).toMatchObject({
        topic: 'meeting',
        group: 'nlu',
        deliveries: MAX_DELIVERIES,
        event: JSON.stringify(poison),
      });
      // What kind of error, not what it said: it may quote people.
      expect(letter?.reason).toBe('TypeError');
      expect(nlu.ids.filter((id) => id === poison.id)).toHaveLength(MAX_DELIVERIES);
      expect(nlu.ids.indexOf(good.id)).toBeLessThan(nlu.ids.lastIndexOf(poison.id));
    });

    describe('with dead letters', () => {
      const poison = meetingEnded();
      let broken: boolean;
      let nlu: Collector;
      let agent: Collector;
      const letters = (count: number) =>
        until(async () => {
          const found = await bus.deadLetters.list('meeting');
          return found.length === count ? found : undefined;
        });

      beforeEach(async () => {
        broken = true;
        nlu = new Collector(() => {
          if (broken) throw new Error('not yet');
        });
        agent = new Collector();
        await listen('nlu', nlu.handler);
        await listen('agent', agent.handler);
      });

      it('hands one back to the group that gave it up, and to no other', async () => {
        await bus.publish(poison);
        const [letter] = await letters(1);
        broken = false;
        expect(await bus.deadLetters.replay('meeting', letter?.id ?? '')).toBe(true);
        await nlu.called(MAX_DELIVERIES + 1);
        const later = meetingEnded();
        await bus.publish(later);
        await agent.called(2);
        expect(agent.ids).toEqual([poison.id, later.id]);
        expect(await bus.deadLetters.list('meeting')).toEqual([]);
      });

      it('keeps one that fails again as a new letter', async () => {
        await bus.publish(poison);
        const [first] = await letters(1);
        await bus.deadLetters.replay('meeting', first?.id ?? '');
        await nlu.called(2 * MAX_DELIVERIES);
        const [second] = await letters(1);
        expect(second).toMatchObject({ group: 'nlu', event: first?.event });
        expect(second?.id).not.toBe(first?.id);
        expect(await bus.deadLetters.replay('meeting', first?.id ?? '')).toBe(false);
      });

      it('lists the newest first, page by page, finds one, and throws one away', async () => {
        for (let count = 1; count <= 3; count++) {
          await bus.publish(meetingEnded());
          await letters(count);
        }
        const { deadLetters } = bus;
        const all = await deadLetters.list('meeting');
        const ids = all.map(({ id }) => id);
        expect(ids).toEqual([...ids].sort((a, b) => compareLetterIds(b, a)));
        const [, middle = ''] = ids;
        const page = await deadLetters.list('meeting', { limit: 1, upTo: middle });
        expect(page).toEqual([await deadLetters.find('meeting', middle)]);
        expect(await deadLetters.discard('meeting', middle)).toBe(true);
        expect(await deadLetters.discard('meeting', middle)).toBe(false);
        expect(await deadLetters.find('meeting', middle)).toBeNull();
        expect(await deadLetters.list('insight')).toEqual([]);
      });
    });

    it.each([
      ['not JSON', '{"type":', 'InvalidEventError: invalid event: not JSON'],
      [
        'an unknown type',
        '{"type":"meeting.exploded","data":{}}',
        'unknown type "meeting.exploded"',
      ],
      ['a version to come', JSON.stringify({ ...meetingEnded(), version: 2 }), 'unknown version 2'],
      ['no version', JSON.stringify({ ...meetingEnded(), version: undefined }), 'version'],
      ['a list where an event should be', '[]', 'unknown type'],
      ['nothing', '', 'not JSON'],
      ['a missing field', JSON.stringify({ ...meetingEnded(), data: {} }), 'channels'],
    ])('sends a message with %s to the dead letters at once', async (_what, json, reason) => {
      const nlu = new Collector();
      await listen('nlu', nlu.handler);
      await harness.corrupt(bus, json);
      const [letter] = await until(async () => {
        const letters = await bus.deadLetters.list('meeting');
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

    it('tells its data by the same id while it has it', async () => {
      expect(await bus.dataId()).toBe(await bus.dataId());
    });

    it('answers a ping', async () => {
      await harness.ready(bus);
      await expect(bus.ping()).resolves.toBeUndefined();
    });
  });
}
