import type { INestApplicationContext } from '@nestjs/common';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource, IsNull } from 'typeorm';
import { RecordingBus } from '../testing/recording.bus';
import { someEvent, startServiceApp } from '../testing/service-app';
import { OutboxEntry } from './outbox-entry.entity';
import { OutboxRepository } from './outbox.repository';

const REPLICAS = 4;
const EVENTS = 400;

// Real: the database server, TypeORM. Fake: the bus. The embedded server takes one statement at a time;
// with TEST_DATABASE_URL the replicas truly claim at the same moment.
describe('the relays of many replicas on one outbox', () => {
  let database: TestDatabase;
  let apps: INestApplicationContext[];
  let buses: RecordingBus[];

  beforeAll(async () => {
    database = await startTestDatabase();
    buses = Array.from({ length: REPLICAS }, () => new RecordingBus());
    apps = await Promise.all(
      buses.map((bus) =>
        startServiceApp(database.url, bus, { schema: 'replicas', entities: [], migrations: [] }),
      ),
    );
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.stop();
  });

  it('are given different entries, however many claim at once', async () => {
    await write(EVENTS);
    const repositories = apps.map((app) => app.get(OutboxRepository, { strict: false }));
    const claimed = await Promise.all(
      repositories.flatMap((repository) =>
        Array.from({ length: EVENTS / 10 / REPLICAS }, () => repository.claim(10)),
      ),
    );
    const positions = claimed.flat().map(({ position }) => position);
    expect(new Set(positions).size).toBe(positions.length);
    await repositories[0]?.markPublished(positions, null);
  });

  it('publish every event once between them', async () => {
    const ids = await write(EVENTS);
    await waitUntilAllMarked();
    const taken = buses.flatMap((bus) => bus.taken.map(({ id }) => id));
    expect(taken.filter((id) => ids.includes(id)).sort()).toEqual(ids.sort());
  });

  function someOutbox(): ReturnType<DataSource['getRepository']> {
    const [app] = apps;
    if (!app) throw new Error('no replica runs');
    return app.get(DataSource).getRepository(OutboxEntry);
  }

  async function write(count: number): Promise<string[]> {
    const events = Array.from({ length: count }, () => someEvent());
    await someOutbox().insert(events.map((envelope) => ({ eventId: envelope.id, envelope })));
    return events.map(({ id }) => id);
  }

  async function waitUntilAllMarked(): Promise<void> {
    while (await someOutbox().existsBy({ publishedAt: IsNull() })) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
