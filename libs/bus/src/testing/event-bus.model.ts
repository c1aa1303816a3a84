import type { Envelope } from '@parley/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { Seeded } from '../../../../test/harness/seeded';
import { OutageError } from '../delivery/bus-errors';
import type { EventBus, EventHandler } from '../event-bus';
import { MAX_DELIVERIES, type EventBusHarness } from './event-bus.contract';
import { meetingEnded } from './events';
import { until } from './until';

const SEEDS = 6;
const EVENTS = 60;
const GROUPS = ['nlu', 'agent'];
const CONSUMERS = 2;
/** So often a handler finds that what it needs is away. */
const OUTAGES = 0.2;

/** What became of each event in one group. */
interface Group {
  /** So many deliveries of it fail before one is taken. */
  fates: Map<string, number>;
  failed: Map<string, number>;
  handled: Map<string, number>;
}

/** Publishes events whose handlers fail by chance, and asks that each ends once: handled, or a dead letter. */
export function eventBusModel(name: string, prepare: () => Promise<EventBusHarness>): void {
  describe(`a model of the event bus (${name})`, () => {
    let bus: EventBus;
    beforeEach(async () => {
      bus = (await prepare()).open();
    });
    afterEach(async () => {
      await bus.close();
    });

    it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
      'each event ends once in each group: handled, or a dead letter that can come back (seed %i)',
      async (seed) => {
        const random = new Seeded(seed);
        const events = Array.from({ length: EVENTS }, () => meetingEnded());
        const groups = new Map(GROUPS.map((group) => [group, newGroup(events, random)]));
        for (const [group, state] of groups) {
          for (let consumer = 0; consumer < CONSUMERS; consumer++) {
            const handler = handlerOf(state, random);
            await bus.subscribe({ group, topics: ['meeting'], types: ['meeting.ended'], handler });
          }
        }
        const published = Promise.allSettled(events.map((event) => bus.publish(event)));
        const poisonous = [...groups.values()].flatMap(({ fates }) =>
          [...fates.values()].filter((fails) => fails >= MAX_DELIVERIES),
        );
        expect(poisonous.length).toBeGreaterThan(0);
        await until(async () => (await lettersOf(bus)).length === poisonous.length || undefined);
        await published;
        await until(async () => (await atRest(bus)) || undefined);

        for (const { fates, failed, handled } of groups.values()) {
          for (const [id, fails] of fates) {
            const isPoison = fails >= MAX_DELIVERIES;
            const ends = { id, failed: failed.get(id) ?? 0, handled: handled.get(id) ?? 0 };
            expect(ends).toEqual({
              id,
              failed: isPoison ? MAX_DELIVERIES : fails,
              handled: isPoison ? 0 : 1,
            });
          }
        }

        // Mended: what was given up is handed to the group that gave it up, and to no other.
        for (const { fates } of groups.values()) for (const id of fates.keys()) fates.set(id, 0);
        for (const { id } of await lettersOf(bus)) await bus.deadLetters.replay('meeting', id);
        const all = (): boolean =>
          [...groups.values()].every(({ handled }) => handled.size === EVENTS);
        await until(() => Promise.resolve(all() || undefined));
        await until(async () => (await atRest(bus)) || undefined);
        for (const { handled } of groups.values()) {
          expect([...handled.values()]).toEqual(Array(EVENTS).fill(1));
        }
        expect(await lettersOf(bus)).toEqual([]);
      },
    );
  });
}

function newGroup(events: Envelope[], random: Seeded): Group {
  const fates = new Map(
    events.map(({ id }) => [
      id,
      random.next() < 0.6 ? 0 : Math.floor(random.next() * (MAX_DELIVERIES + 2)),
    ]),
  );
  return { fates, failed: new Map(), handled: new Map() };
}

function handlerOf({ fates, failed, handled }: Group, random: Seeded): EventHandler {
  return async ({ id }) => {
    await sleep(random.next() * 4);
    if (random.next() < OUTAGES) throw new OutageError(new Error('away'));
    const failures = failed.get(id) ?? 0;
    if (failures < (fates.get(id) ?? 0)) {
      failed.set(id, failures + 1);
      throw new Error('not today');
    }
    handled.set(id, (handled.get(id) ?? 0) + 1);
  };
}

function lettersOf(bus: EventBus) {
  return bus.deadLetters.list('meeting', { limit: 1_000 });
}

async function atRest(bus: EventBus): Promise<boolean> {
  const states = await Promise.all(GROUPS.map((group) => bus.state(group, ['meeting'])));
  return states.flat().every(({ lag, pending }) => lag === 0 && pending === 0);
}
