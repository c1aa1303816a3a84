import { ticketStoreContract } from '../testing/ticket-store.contract';
import { MemoryTicketStore } from './memory-ticket.store';

let nowMs = 0;

ticketStoreContract(
  'memory',
  () => new MemoryTicketStore(() => nowMs),
  async (ms) => {
    nowMs += ms;
  },
);

describe('the tickets in memory', () => {
  const grant = {
    resource: 'm',
    workspaceId: 'default',
    caller: { id: 'address:127.0.0.1', kind: 'anonymous', name: 'operator', scopes: [] },
  } as const;

  it('are refused with 503 when there are too many, until the old ones are over', async () => {
    const store = new MemoryTicketStore(() => nowMs);
    for (let count = 0; count < 10_000; count++) await store.put(String(count), grant, 1_000);
    await expect(store.put('one more', grant, 1_000)).rejects.toMatchObject({
      code: 'unavailable',
    });
    nowMs += 1_001;
    await store.put('one more', grant, 1_000);
    expect(await store.take('one more')).toEqual(grant);
  });
});
