import type { INestApplicationContext } from '@nestjs/common';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { HealthService } from '@parley/health';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource, type Repository } from 'typeorm';
import { OutboxEntry } from './outbox/outbox-entry.entity';
import { UnitOfWork } from './outbox/unit-of-work';
import { Note, notesMigration } from './testing/notes';
import { RecordingBus } from './testing/recording.bus';
import { someEvent, startServiceApp } from './testing/service-app';

// Real: the database server, TypeORM, Nest. Fake: the bus.
describe('the database of a service', () => {
  let database: TestDatabase;
  let bus: RecordingBus;
  let alpha: INestApplicationContext;
  let beta: INestApplicationContext;

  const start = (schema: string, poolSize?: number): Promise<INestApplicationContext> =>
    startServiceApp(database.url, bus, {
      schema,
      entities: [Note],
      migrations: [notesMigration(schema)],
      imports: [TypeOrmModule.forFeature([Note])],
      ...(poolSize === undefined ? {} : { poolSize }),
    });
  const notesOf = (app: INestApplicationContext): Repository<Note> =>
    app.get<Repository<Note>>(getRepositoryToken(Note), { strict: false });

  beforeAll(async () => {
    database = await startTestDatabase();
    bus = new RecordingBus();
    [alpha, beta] = await Promise.all([start('alpha'), start('beta')]);
  });
  afterAll(async () => {
    await Promise.all([alpha.close(), beta.close()]);
    await database.stop();
  });

  it('has its own rows, though another service runs in the same process', async () => {
    await notesOf(alpha).insert({ id: 'own', body: 'of alpha', embedding: [1, 0, 0] });
    expect(await notesOf(beta).findOneBy({ id: 'own' })).toBeNull();
    expect(await notesOf(alpha).findOneBy({ id: 'own' })).toMatchObject({ body: 'of alpha' });
  });

  it('is migrated once, also with a pool of one connection', async () => {
    const second = await start('alpha', 1);
    const names = await second
      .get(DataSource)
      .query<{ name: string }[]>('SELECT name FROM alpha.migrations ORDER BY id');
    await second.close();
    expect(names.map(({ name }) => name)).toEqual([
      'CreateOutbox1700000000000',
      'CreateNotes1763800000000',
      'RememberBusData1764100000000',
      'RememberErasedMeetings1764900000000',
      'RememberReducedMeetings1765200000001',
    ]);
  });

  it('is migrated once by many replicas that start at the same moment', async () => {
    const replicas = await Promise.all(Array.from({ length: 4 }, () => start('gamma', 1)));
    const rows = await replicas[0]
      ?.get(DataSource)
      .query<{ name: string }[]>('SELECT name FROM gamma.migrations ORDER BY id');
    await Promise.all(replicas.map((replica) => replica.close()));
    expect(rows?.map(({ name }) => name)).toEqual([
      'CreateOutbox1700000000000',
      'CreateNotes1763800000000',
      'RememberBusData1764100000000',
      'RememberErasedMeetings1764900000000',
      'RememberReducedMeetings1765200000001',
    ]);
  });

  it('finds by vector, by words and by fragments', async () => {
    const notes = notesOf(beta);
    await notes.insert([
      { id: 'refund', body: 'Refunds for yearly plans', embedding: [1, 0, 0] },
      { id: 'support', body: 'Support hours', embedding: [0, 1, 0] },
    ]);
    const first = (condition: string, value: string): Promise<Note | null> =>
      notes.createQueryBuilder('note').where(condition, { value }).getOne();
    const nearest = await notes
      .createQueryBuilder('note')
      .orderBy('note.embedding <=> :near')
      .setParameter('near', '[0.9,0.1,0]')
      .limit(1)
      .getOne();
    expect(nearest).toEqual({
      id: 'refund',
      body: 'Refunds for yearly plans',
      embedding: [1, 0, 0],
    });
    expect(await first(`note.words @@ to_tsquery('english', :value)`, 'refund')).toMatchObject({
      id: 'refund',
    });
    expect(await first('word_similarity(:value, note.body) > 0.4', 'suport')).toMatchObject({
      id: 'support',
    });
  });

  it('commits rows and their events together, and then publishes', async () => {
    const event = someEvent();
    await alpha.get(UnitOfWork).run(async ({ manager, emit }) => {
      await manager.insert(Note, { id: 'both', body: 'kept', embedding: [0, 0, 1] });
      emit(event);
      await Promise.resolve();
      expect(bus.taken).toEqual([]);
    });
    expect(await bus.takes(1)).toEqual([event.id]);
    expect(await notesOf(alpha).existsBy({ id: 'both' })).toBe(true);
    expect(await outboxOf(alpha).existsBy({ eventId: event.id })).toBe(true);
  });

  it('commits neither when the work fails', async () => {
    const event = someEvent();
    const work = alpha.get(UnitOfWork).run(async ({ manager, emit }) => {
      emit(event);
      await manager.insert(Note, { id: 'neither', body: 'lost', embedding: [0, 0, 1] });
      throw new Error('the work failed');
    });
    await expect(work).rejects.toThrow('the work failed');
    expect(await notesOf(alpha).existsBy({ id: 'neither' })).toBe(false);
    expect(await outboxOf(alpha).existsBy({ eventId: event.id })).toBe(false);
    expect(bus.taken.map(({ id }) => id)).not.toContain(event.id);
  });

  it('gives an event the trace of the work that caused it', async () => {
    const event = someEvent();
    const before = bus.taken.length;
    await alpha.get(UnitOfWork).run(({ emit }) => {
      emit(event);
      return Promise.resolve();
    });
    await bus.takes(before + 1);
    expect(bus.taken.at(-1)).toMatchObject({
      id: event.id,
      traceparent: expect.stringMatching(/^00-/) as string,
    });
  });

  it('tells its health, and which kind of server it has', async () => {
    const { dependencies } = await alpha.get(HealthService).report();
    expect(dependencies.postgres).toMatchObject({
      status: 'up',
      mode: process.env.TEST_DATABASE_URL ? 'server' : 'embedded',
    });
  });

  function outboxOf(app: INestApplicationContext): Repository<OutboxEntry> {
    return app.get(DataSource).getRepository(OutboxEntry);
  }
});
