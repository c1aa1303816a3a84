import { embeddedBus, type Subscription } from '@parley/bus';
import { makeEvent, newId } from '@parley/contracts';
import { RunningIntegrations } from '../testing/running-integrations';
import type { DeadLetterView } from './dead-letter.view';

interface Listing {
  items: DeadLetterView[];
  nextCursor: string | null;
}

const SAID = 'the merger is off';

// Real: the service over HTTP, its database, the embedded bus. Made up: a service that fails, and its bugs.
describe('dead letters', () => {
  let parley: RunningIntegrations;
  let broken: boolean;
  let handled: string[];
  let subscription: Subscription;

  beforeAll(async () => {
    parley = await RunningIntegrations.start();
  });
  afterAll(() => parley.stop());

  beforeEach(async () => {
    broken = true;
    handled = [];
    for (const { id } of (await list()).items) await parley.call('DELETE', letter(id));
    subscription = await bus().subscribe({
      group: 'nlu',
      topics: ['meeting'],
      types: ['meeting.ended'],
      handler: (event) => {
        if (broken) return Promise.reject(new RangeError(SAID));
        handled.push(event.id);
        return Promise.resolve();
      },
    });
  });
  afterEach(() => subscription.close());

  const bus = () => {
    const embedded = embeddedBus();
    if (!embedded) throw new Error('there is no bus');
    return embedded.bus;
  };
  const letter = (id: string): string => `/v1/dead-letters/${encodeURIComponent(id)}`;
  const list = async (query = ''): Promise<Listing> =>
    (await parley.call<Listing>('GET', `/v1/dead-letters${query}`)).body;
  /** Resolves when it has been given up, since the embedded bus publishes no sooner. */
  const dies = async (): Promise<{ id: string; meetingId: string }> => {
    const meetingId = newId<string>();
    const data = { endedAt: new Date().toISOString(), channels: [] };
    const event = { ...makeEvent('meeting.ended', data, { meetingId }), requestId: 'r-1' };
    await bus().publish(event);
    return { id: event.id, meetingId };
  };

  it('are listed with what failed and where, and without a word of what they hold', async () => {
    const { meetingId } = await dies();
    const { items } = await list();
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^meeting:\d+-\d+$/) as string,
        topic: 'meeting',
        service: 'nlu',
        type: 'meeting.ended',
        meetingId,
        requestId: 'r-1',
        reason: 'RangeError',
        deliveries: 5,
        diedAt: expect.stringMatching(/Z$/) as string,
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(SAID);
  }, 30_000);

  it('are handed back one by one, and gone once the service can take them', async () => {
    const { id } = await dies();
    const [item] = (await list()).items;
    broken = false;
    const { status, body } = await parley.call('POST', `${letter(item?.id ?? '')}/replay`);
    expect([status, body]).toEqual([202, item]);
    expect(handled).toEqual([id]);
    expect(await list()).toEqual({ items: [], nextCursor: null });
    expect(await parley.call('POST', `${letter(item?.id ?? '')}/replay`)).toMatchObject({
      status: 404,
      body: { type: 'https://parley.dev/problems/dead-letter-not-found' },
    });
  }, 30_000);

  it('are handed back all together, in the order in which they died, of one service or topic', async () => {
    const ids = [(await dies()).id, (await dies()).id];
    broken = false;
    const replay = (filter: object) => parley.call('POST', '/v1/dead-letters/replay', filter);
    expect((await replay({ service: 'agent' })).body).toEqual({ replayed: 0 });
    expect((await replay({ topic: 'delivery' })).body).toEqual({ replayed: 0 });
    expect((await replay({})).body).toEqual({ replayed: 2 });
    expect(handled).toEqual(ids);
  }, 30_000);

  it('come page by page, newest first, and can be thrown away', async () => {
    const meetings = [];
    for (let count = 0; count < 3; count++) meetings.push((await dies()).meetingId);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    const pages = [...first.items, ...second.items];
    expect(pages.map(({ meetingId }) => meetingId)).toEqual(meetings.reverse());
    expect(second.nextCursor).toBeNull();
    expect(await parley.call('DELETE', letter(pages[0]?.id ?? ''))).toEqual({ status: 204 });
    expect((await list('?service=nlu')).items).toEqual(pages.slice(1));
    expect((await list('?service=agent')).items).toEqual([]);
  }, 60_000);

  it.each(['nonsense', 'meeting:1', 'other:1-1', 'meeting:1-1:2'])(
    'are not found under %s',
    async (id) => {
      expect((await parley.call('POST', `${letter(id)}/replay`)).status).toBe(404);
      expect((await parley.call('DELETE', letter(id))).status).toBe(404);
    },
  );

  it('refuse a cursor that is none', async () => {
    expect((await parley.call('GET', '/v1/dead-letters?cursor=x')).status).toBe(400);
  });
});
