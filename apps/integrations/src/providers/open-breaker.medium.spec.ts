import type { Delivery } from '@parley/contracts';
import { nativeRequire } from '../testing/native-require';
import { approved, RunningIntegrations } from '../testing/running-integrations';
import type { ConnectionView } from '../connections/connection.view';
import type { ProviderView } from './provider.view';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const MAX_FAILURES = 5;
const WINDOW_SECONDS = 3;

// Real: the whole service, its database, the embedded bus, HTTP to a receiver on loopback.
describe('a provider that keeps failing', () => {
  let parley: RunningIntegrations;
  let webhook: string;

  beforeAll(async () => {
    parley = await RunningIntegrations.start({
      CB_MAX_FAILURES: String(MAX_FAILURES),
      CB_WINDOW_SECONDS: String(WINDOW_SECONDS),
      RETRY_MAX_ATTEMPTS: '20',
    });
    webhook = await parley.connectReceiver();
  });
  afterAll(() => parley.stop());

  const breaker = async (): Promise<string | undefined> => {
    const { body } = await parley.call<{ items: ProviderView[] }>('GET', '/v1/providers');
    return body.items.find(({ id }) => id === 'webhook')?.breaker;
  };
  const opened = async (): Promise<string | undefined> => {
    const text = await (await fetch(`${parley.url}/metrics`)).text();
    return /integrations_provider_cb_open_total\{service="webhook"\} (\d+)/.exec(text)?.[1];
  };
  const failures = ({ attempts }: Delivery) =>
    attempts.filter(({ outcome }) => outcome === 'failed').length;

  it('is not one that asks to wait', async () => {
    const busy = { kind: 'status', status: 429 } as const;
    parley.receiver.failNext(...Array.from({ length: MAX_FAILURES + 1 }, () => busy));
    const event = approved(webhook);
    await parley.publish(event);
    expect(failures(await parley.outcomeOf(event))).toBe(MAX_FAILURES + 1);
    expect(await opened()).toBe('0');
  });

  it('does not keep deliveries from another connection that is well', async () => {
    const down = { kind: 'status', status: 500 } as const;
    const other = await parley.connect('webhook', {
      url: parley.receiver.url,
      secret: parley.receiver.secret,
    });
    const dead = await parley.connectReceiver();
    parley.receiver.failNext(...Array.from({ length: MAX_FAILURES }, () => down));
    const broken = approved(dead);
    await parley.publish(broken);
    const shown = async (id: string) =>
      (await parley.call<ConnectionView>('GET', `/v1/connections/${id}`)).body.breaker;
    const limit = Date.now() + 20_000;
    while ((await shown(dead)) === 'closed' && Date.now() < limit) await parley.sql('SELECT 1');
    expect(await shown(dead)).not.toBe('closed');
    expect(await shown(other)).toBe('closed');
    expect(await breaker()).not.toBe('closed');

    const well = approved(other);
    await parley.publish(well);
    expect((await parley.outcomeOf(well)).attempts).toHaveLength(1);
    expect((await parley.outcomeOf(broken)).status).toBe('succeeded');
    expect(await opened()).toBe('1');
  });

  it('is left alone at exactly the limit, then one probe finds it well and all that waited goes out', async () => {
    const down = { kind: 'status', status: 500 } as const;
    parley.receiver.failNext(...Array.from({ length: MAX_FAILURES }, () => down));
    const before = parley.receiver.requests.length;
    const events = Array.from({ length: 3 }, () => approved(webhook));
    for (const event of events) await parley.publish(event);
    const deliveries = await Promise.all(events.map((event) => parley.outcomeOf(event)));

    expect(deliveries.map(({ status }) => status)).toEqual(events.map(() => 'succeeded'));
    // Not one call was made between the fifth failure and the probe.
    expect(deliveries.reduce((sum, delivery) => sum + failures(delivery), 0)).toBe(MAX_FAILURES);
    expect(parley.receiver.requests.length - before).toBe(MAX_FAILURES + events.length);
    expect(await opened()).toBe('2');
    expect(await breaker()).toBe('closed');
  });
});
