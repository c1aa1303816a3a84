import type { INestApplicationContext } from '@nestjs/common';
import { configureLogging } from '@parley/observability';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from './database-options';
import type { TableHolding } from './erasure/holding';
import { migrate } from './migrate';
import { Note, notesMigration } from './testing/notes';
import { RecordingBus } from './testing/recording.bus';
import { someEvent, startServiceApp } from './testing/service-app';

const MEETING = someEvent().meetingId;

/** What a later version adds, or a migration that does not come to its end. */
function addsReceipts(schema: string, failing?: Error): new () => MigrationInterface {
  return class AddReceipts implements MigrationInterface {
    readonly name = 'AddReceipts1999000000000';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`CREATE TABLE ${schema}.receipts (meeting_id text)`);
      if (failing) throw failing;
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`DROP TABLE ${schema}.receipts`);
    }
  };
}

// Real: the database server, TypeORM, Nest. Fake: the bus, and what the later version is about.
describe('versions of a service on one database', () => {
  let database: TestDatabase;
  let logged: string[];
  const started: INestApplicationContext[] = [];

  beforeAll(async () => {
    database = await startTestDatabase();
  });
  beforeEach(() => {
    logged = [];
    configureLogging({ level: 'info', write: (line) => logged.push(line) });
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((app) => app.close()));
  });
  afterAll(async () => {
    await database.stop();
  });

  const start = async (
    schema: string,
    more: (new () => MigrationInterface)[] = [],
    holdings: TableHolding[] = [],
  ): Promise<DataSource> => {
    const app = await startServiceApp(database.url, new RecordingBus(), {
      schema,
      holdings,
      entities: [Note],
      migrations: [notesMigration(schema), ...more],
    });
    started.push(app);
    return app.get(DataSource);
  };
  const tables = async (source: DataSource, schema: string): Promise<string[]> => {
    const rows = await source.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1`,
      [schema],
    );
    return rows.map(({ name }) => name);
  };

  it('a migration that fails leaves nothing behind, and runs whole once it can', async () => {
    const schema = 'halfway';
    const failure = new Error('no room left');
    await expect(start(schema, [addsReceipts(schema, failure)])).rejects.toThrow('no room left');
    const before = await start(schema);
    expect(await tables(before, schema)).not.toContain('receipts');
    const after = await start(schema, [addsReceipts(schema)]);
    expect(await tables(after, schema)).toContain('receipts');
  });

  it('a start that finds all as it should be writes nothing, so that it waits for nobody', async () => {
    const schema = 'unchanged';
    const options = { schema, entities: [Note], migrations: [notesMigration(schema)] };
    const at = { DATABASE_URL: database.url, DATABASE_POOL_SIZE: 1 };
    const source = await new DataSource(dataSourceOptions(options, at)).initialize();
    await migrate(source, schema);
    expect(await tables(source, schema)).toContain('notes');
    // On the one connection that the pool has.
    await source.query('SET default_transaction_read_only = on');
    try {
      await expect(source.query(`DELETE FROM ${schema}.notes`)).rejects.toThrow('read-only');
      await migrate(source, schema);
    } finally {
      // The embedded server has one session for all connections.
      await source.query('SET default_transaction_read_only = off');
    }
    await source.destroy();
  });

  it('the version before runs on what a newer one has added, and says that there is more', async () => {
    const schema = 'rolled';
    await start(schema, [addsReceipts(schema)]);
    expect(logged.filter((line) => line.includes('newer version'))).toEqual([]);
    const older = await start(schema);
    await older.query(`INSERT INTO ${schema}.notes VALUES ('old', 'still taken', '[1,0,0]')`);
    expect(logged.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ event: 'database.newer', schema, migrations: 1 }),
    );
  });

  it('after a step back, rows that a newer version keeps are kept again', async () => {
    const schema = 'stepped';
    const keeps: TableHolding[] = [
      { table: 'receipts', meeting: 'meeting_id', holds: 'receipts', onErasure: 'keep' },
    ];
    const receipt = `INSERT INTO ${schema}.receipts VALUES ($1)`;
    const newer = await start(schema, [addsReceipts(schema)], keeps);
    await newer.query(`INSERT INTO ${schema}.erased_meetings (meeting_id) VALUES ($1)`, [MEETING]);
    const older = await start(schema);
    await expect(older.query(receipt, [MEETING])).rejects.toThrow();
    const again = await start(schema, [addsReceipts(schema)], keeps);
    await again.query(receipt, [MEETING]);
    expect(await again.query(`SELECT * FROM ${schema}.receipts`)).toEqual([
      { meeting_id: MEETING },
    ]);
  });
});
