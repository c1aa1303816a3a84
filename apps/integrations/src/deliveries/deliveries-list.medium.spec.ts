import { newId, type Delivery } from '@parley/contracts';
import type { Page } from '@parley/service';
import { nativeRequire } from '../testing/native-require';
import { approved, RunningIntegrations } from '../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, embedded Postgres, the embedded bus, an HTTP receiver on loopback. Nothing is fake.
describe('the list of deliveries', () => {
  let parley: RunningIntegrations;
  let webhook: string;

  beforeAll(async () => {
    parley = await RunningIntegrations.start();
    webhook = await parley.connectReceiver();
  });
  afterAll(() => parley.stop());

  it('finds one by its meeting and its status', async () => {
    const event = approved(webhook);
    await parley.publish(event);
    const delivery = await parley.outcomeOf(event);
    const list = (query: string) =>
      parley.call<Page<Delivery>>('GET', `/v1/deliveries?meetingId=${event.meetingId}${query}`);
    expect((await list('')).body).toEqual({ items: [delivery], nextCursor: null });
    expect((await list('&status=succeeded')).body.items).toHaveLength(1);
    expect((await list('&status=failed')).body.items).toEqual([]);
    expect((await list('&status=lost')).status).toBe(400);
  });

  it('comes page by page, newest first', async () => {
    const events = Array.from({ length: 8 }, () => approved(webhook));
    for (const event of events) await parley.publish(event);
    for (const event of events) await parley.outcomeOf(event);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: Page<Delivery> } = await parley.call(
        'GET',
        `/v1/deliveries?limit=7${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    expect(seen.length).toBeGreaterThan(7);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect((await parley.call('GET', '/v1/deliveries?cursor=nonsense')).status).toBe(400);
  });

  it('has none under an id that nobody gave', async () => {
    expect(await parley.call('GET', `/v1/deliveries/${newId()}`)).toMatchObject({
      status: 404,
      body: { status: 404 },
    });
    expect(await parley.call('GET', '/v1/deliveries/nonsense')).toMatchObject({ status: 404 });
  });
});
