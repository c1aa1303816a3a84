import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '@parley/contracts';
import { createRedis } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import { ticketStoreContract } from '../testing/ticket-store.contract';
import { RedisTicketStore } from './redis-ticket.store';

// Real: redis-server, its clock, the connection. Nothing is fake.
let server: TestRedis;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

ticketStoreContract(
  'Redis',
  () => new RedisTicketStore(createRedis(server.url, { name: 'test' }), `test-${newId()}`),
  async (ms) => {
    await wait(ms);
  },
);
