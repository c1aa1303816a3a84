import type { TicketGrant } from '@parley/service';
import type { TicketStore } from '../tickets/ticket.store';

const GRANT: TicketGrant = {
  resource: 'meeting',
  workspaceId: 'acme',
  caller: { id: 'key:0123456789ab', kind: 'anonymous', name: 'operator', scopes: ['read'] },
};

/** What every ticket store promises. */
export function ticketStoreContract(
  name: string,
  open: () => TicketStore,
  waitMs: (ms: number) => Promise<void>,
): void {
  describe(`ticket store (${name})`, () => {
    let store: TicketStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => store.close());

    it('gives a grant to exactly one of many who ask at once', async () => {
      await store.put('a', GRANT, 60_000);
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.take('a')));
      expect(answers.filter((answer) => answer !== null)).toEqual([GRANT]);
    });

    it('gives nothing for a hash that it does not know', async () => {
      expect(await store.take('never put')).toBeNull();
    });

    it('forgets a grant when its time is over', async () => {
      await store.put('old', GRANT, 30);
      await waitMs(60);
      expect(await store.take('old')).toBeNull();
    });
  });
}
