import { nativeRequire } from '../testing/native-require';
import { approved, RunningIntegrations } from '../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

/** Retries that may be made at once. */
const RESERVE = 20;
const PUT_OFF = 10;

// Real: the whole service, its database, the embedded bus, HTTP to a receiver on loopback.
describe('deliveries that a provider asks to wait', () => {
  let parley: RunningIntegrations;

  beforeAll(async () => {
    parley = await RunningIntegrations.start({ RETRY_WEBHOOK_BUDGET_PERCENT: '0' });
  });
  afterAll(() => parley.stop());

  const putOff = async (): Promise<number> => {
    const text = await (await fetch(`${parley.url}/metrics`)).text();
    const found = /retries_put_off_total\{service="webhook"\} (\d+)/.exec(text);
    return Number(found?.[1]);
  };
  const waiting = async (): Promise<unknown[]> =>
    (await parley.sql(
      `SELECT id FROM integrations.deliveries WHERE status = 'planned' AND reason LIKE '%; % waits its turn'`,
    )) as unknown[];

  it('come back one after the other once the retries are spent, none lost and no try spent on it', async () => {
    const connection = await parley.connectReceiver();
    const events = Array.from({ length: RESERVE + PUT_OFF }, () => approved(connection));
    const busy = { kind: 'status', status: 429 } as const;
    parley.receiver.failNext(...events.map(() => busy));
    await parley.publish(...events);
    const limit = Date.now() + 10_000;
    while ((await waiting()).length === 0 && Date.now() < limit);
    expect((await waiting()).length).toBeGreaterThan(0);

    const ended = await Promise.all(events.map((event) => parley.outcomeOf(event)));
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    expect(parley.receiver.requests).toHaveLength(2 * events.length);
    // Time gave a token or two while all of them failed.
    expect(await putOff()).toBeGreaterThan(0);
    expect(await putOff()).toBeLessThanOrEqual(PUT_OFF);
  });
});
