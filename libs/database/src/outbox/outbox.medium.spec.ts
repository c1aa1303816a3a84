import type { INestApplicationContext } from '@nestjs/common';
import type { Envelope } from '@parley/contracts';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource, IsNull, LessThan, type Repository } from 'typeorm';
import { RecordingBus } from '../testing/recording.bus';
import { someEvent, startServiceApp } from '../testing/service-app';
import { OutboxEntry } from './outbox-entry.entity';
import { OutboxRelay } from './outbox.relay';
import { OutboxRepository } from './outbox.repository';
import { UnitOfWork } from './unit-of-work';

// Real: the database server, TypeORM, Nest's life cycle. Fake: the bus.
describe('the outbox', () => {
  let database: TestDatabase;
  let bus: RecordingBus;
  let app: INestApplicationContext;

  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    bus = new RecordingBus();
    app = await start(bus);
    await outbox().clear();
  });
  afterEach(() => app.close());

  const start = (on: RecordingBus): Promise<INestApplicationContext> =>
    startServiceApp(database.url, on, { schema: 'sender', entities: [], migrations: [] });
  const outbox = (): Repository<OutboxEntry> => app.get(DataSource).getRepository(OutboxEntry);

  async function emitted(count: number): Promise<string[]> {
    const events = Array.from({ length: count }, () => someEvent('one-meeting'));
    for (const event of events) await emit(event);
    return events.map(({ id }) => id);
  }

  const emit = (event: Envelope): Promise<void> =>
    app.get(UnitOfWork).run((unit) => {
      unit.emit(event);
      return Promise.resolve();
    });

  it('publishes each event once, in the order of writing, and marks it', async () => {
    const ids = await emitted(20);
    expect(await bus.takes(20)).toEqual(ids);
    await app.close();
    app = await start(bus);
    expect(await outbox().countBy({ publishedAt: IsNull() })).toBe(0);
    expect(bus.taken).toHaveLength(20);
  });

  it('keeps what the bus refuses, and publishes it in order when the bus is back', async () => {
    // Its first look is over: it would find several events at once, of which this bus refused one.
    const relay = app.get(OutboxRelay, { strict: false });
    while (!relay.takesMore) await new Promise(setImmediate);
    bus.refusals = 1;
    const ids = await emitted(5);
    expect(await bus.takes(5)).toEqual(ids);
  });

  it('publishes what an earlier process committed and did not get to publish', async () => {
    const event = someEvent();
    await outbox().insert({ eventId: event.id, envelope: event });
    expect(await bus.takes(1)).toEqual([event.id]);
  });

  it('finishes what is in hand before it stops', async () => {
    bus.holding = true;
    const [id] = await emitted(1);
    await bus.takes(1);
    const closed = app.close();
    bus.letGo();
    await closed;
    app = await start(bus);
    expect(
      await outbox()
        .findOneByOrFail({ publishedAt: IsNull() })
        .catch(() => null),
    ).toBeNull();
    expect(bus.taken.map((event) => event.id)).toEqual([id]);
  });

  it('does not publish again what its handlers still work on when the claim runs out', async () => {
    bus.holding = true;
    const first = someEvent();
    await emit(first);
    const eventId = first.id;
    await outbox().update({ eventId }, { claimedUntil: new Date(0) });
    const [later] = await emitted(1);
    const ranOut = { eventId, claimedUntil: LessThan(new Date()) };
    while (await outbox().existsBy(ranOut)) await new Promise(setImmediate);
    expect(await bus.takes(2)).toEqual([first.id, later]);
    await emitted(1);
    expect((await bus.takes(3)).filter((id) => id === first.id)).toHaveLength(1);
    bus.letGo();
  });

  it('forgets published events after a day', async () => {
    const event = someEvent();
    const day = 24 * 3_600_000;
    const published = [day + 60_000, day - 60_000].map((agoMs) => new Date(Date.now() - agoMs));
    for (const publishedAt of published) {
      await outbox().insert({ eventId: someEvent().id, envelope: event, publishedAt });
    }
    await app.get(OutboxRepository, { strict: false }).removeOld();
    expect(await outbox().count()).toBe(1);
  });

  describe('when the bus comes back without its data', () => {
    const waiting = (): Promise<number> => outbox().countBy({ publishedAt: IsNull() });
    const repository = (): OutboxRepository => app.get(OutboxRepository, { strict: false });

    beforeEach(() => app.get(DataSource).query('DELETE FROM sender.outbox_bus'));

    it('sends everything of the last day again, in order', async () => {
      const ids = await emitted(3);
      await bus.takes(3);
      while ((await waiting()) > 0) await new Promise(setImmediate);
      await repository().adopt('first');
      expect(await repository().adopt('second')).toBe(3);
      expect(await bus.takes(6)).toEqual([...ids, ...ids]);
    });

    it('sends nothing again for the first data it sees, nor for the same', async () => {
      await emitted(1);
      while ((await waiting()) > 0) await new Promise(setImmediate);
      expect(await repository().adopt('first')).toBe(0);
      expect(await repository().adopt('first')).toBe(0);
      expect(bus.taken).toHaveLength(1);
    });

    it('is noticed by one of many replicas', async () => {
      await emitted(5);
      while ((await waiting()) > 0) await new Promise(setImmediate);
      await repository().adopt('before');
      const noticed = await Promise.all(
        Array.from({ length: 4 }, () => repository().adopt('after')),
      );
      expect(noticed.sort()).toEqual([0, 0, 0, 5]);
    });

    it('does not count as published what the lost data had taken', async () => {
      const { identifiers } = await outbox().insert({
        eventId: someEvent().id,
        envelope: someEvent(),
        claimedUntil: new Date(Date.now() + 60_000),
      });
      const positions = identifiers.map(({ position }) => String(position));
      await repository().adopt('now');
      await repository().markPublished(positions, 'lost');
      expect(await waiting()).toBe(1);
      await repository().markPublished(positions, 'now');
      expect(await waiting()).toBe(0);
    });
  });
});
