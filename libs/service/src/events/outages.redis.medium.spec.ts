import { closeRedis, createRedis } from '@parley/redis';
import {
  startRedisServer,
  startTestDatabase,
  tcpGate,
  throughGate,
  type TcpGate,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import type Redis from 'ioredis';
import { Client } from 'pg';
import { startProbe, type ProbeProcess } from '../testing/probe-process';

// Real: a service in a process of its own, Postgres behind a gate that can be shut, Redis. Its events get one delivery:
// whatever is counted is a dead letter at once.
describe('events and a database that cannot be used', () => {
  let database: TestDatabase;
  let server: TestRedis;
  let redis: Redis;
  let gate: TcpGate;
  let service: ProbeProcess;

  beforeAll(async () => {
    [database, server] = await Promise.all([startTestDatabase(), startRedisServer()]);
    redis = createRedis(server.url, { name: 'test' });
    gate = await tcpGate(database.url);
  });

  beforeEach(async () => {
    await gate.open();
    service = await startProbe({
      DATABASE_URL: throughGate(database.url, gate),
      DATABASE_POOL_SIZE: '2',
      REDIS_URL: server.url,
      BUS_MAX_DELIVERIES: '1',
    });
    await service.answers('/readyz', 200);
  });

  afterEach(async () => {
    service.child.kill('SIGKILL');
    await service.ended;
    await gate.shut();
    await sql('DROP TRIGGER IF EXISTS refuse ON nlu.handled');
  });

  afterAll(async () => {
    await closeRedis(redis);
    await Promise.all([database.stop(), server.stop()]);
  });

  const sql = async (text: string): Promise<number> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query(text)).rowCount ?? 0;
    } finally {
      await client.end();
    }
  };

  /** From now on each row is answered with this SQLSTATE. */
  const refuse = async (code: string): Promise<void> => {
    await sql(`CREATE OR REPLACE FUNCTION nlu.refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no row today' USING ERRCODE = '${code}'; END $$`);
    await sql('CREATE TRIGGER refuse BEFORE INSERT ON nlu.handled EXECUTE FUNCTION nlu.refuse()');
  };

  const emitOne = async (): Promise<void> => {
    const answer = await fetch(`${service.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"endless":false}',
    });
    expect(answer.status).toBe(201);
  };

  const tries = (): number => service.output().match(/^handling /gm)?.length ?? 0;
  const triedAgain = async (): Promise<void> => {
    while (tries() < 3) await service.printed();
  };
  const handled = async (): Promise<void> => {
    while ((await sql('SELECT 1 FROM nlu.handled')) === 0) await service.answers('/livez', 200);
  };
  const deadLetters = (): Promise<number> => redis.xlen('parley:document:dead');

  it('wait for one that is away, for longer than they are tried', async () => {
    await sql('DELETE FROM nlu.handled');
    await emitOne();
    await service.prints('handling ');
    await gate.shut();
    await triedAgain();
    await gate.open();
    await handled();
    expect(await deadLetters()).toBe(0);
  });

  it('wait for one whose disk is full', async () => {
    await sql('DELETE FROM nlu.handled');
    await refuse('53100');
    await emitOne();
    await triedAgain();
    await sql('DROP TRIGGER refuse ON nlu.handled');
    await handled();
    expect(await deadLetters()).toBe(0);
  });

  it('do not wait for one that is well: an event that only breaks its own connection is given up', async () => {
    await refuse('08006');
    await emitOne();
    while ((await deadLetters()) === 0) await service.answers('/livez', 200);
    expect(tries()).toBe(1);
  });
});
