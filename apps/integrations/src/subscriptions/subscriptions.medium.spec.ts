import { randomUUID } from 'node:crypto';
import type { WebhookReceiver } from '@parley/testing';
import { Webhook } from 'standardwebhooks';
import { FakeTimelines } from '../testing/fake-timelines';
import { nativeRequire } from '../testing/native-require';
import { NOBODY, RunningIntegrations } from '../testing/running-integrations';
import { MessageWorker } from './message.worker';
import { MessagesRepository } from './messages.repository';
import type {
  Subscription,
  SubscriptionDelivery,
  SubscriptionTest,
  SubscriptionWithSecret,
} from './subscription.dto';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const WAIT_MS = 20_000;
const ANOTHER_LOOK_MS = 20;

// Real: the service, its database, its bus, the receiver, and the public library that checks signatures.
// Fake: ingestion, of which only the timelines are there.
describe('a subscription to timeline events', () => {
  let running: RunningIntegrations;
  let timelines: FakeTimelines;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    timelines = await FakeTimelines.start();
    running = await RunningIntegrations.start({
      INGESTION_URL: timelines.url,
      PROVIDER_TIMEOUT_DEFAULT_SECONDS: '0.3',
      SUBSCRIPTION_RETRY_BASE_SECONDS: '0.02',
    });
    ({ receiver } = running);
  });

  afterAll(async () => {
    await running.stop();
    await timelines.stop();
  });

  beforeEach(() => {
    receiver.requests.length = 0;
  });

  afterEach(async () => {
    await running.sql(`DELETE FROM integrations.subscriptions`);
  });

  const subscribe = async (
    kinds = ['segment.final', 'summary'],
    url = receiver.url,
  ): Promise<SubscriptionWithSecret> => {
    const answer = await running.call<SubscriptionWithSecret>('POST', '/v1/subscriptions', {
      url,
      kinds,
    });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const about = async ({ id }: { id: string }): Promise<Subscription> =>
    (await running.call<Subscription>('GET', `/v1/subscriptions/${id}`)).body;
  const logOf = async ({ id }: { id: string }): Promise<SubscriptionDelivery[]> => {
    const path = `/v1/subscriptions/${id}/deliveries`;
    return (await running.call<{ items: SubscriptionDelivery[] }>('GET', path)).body.items;
  };
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (const end = Date.now() + WAIT_MS; Date.now() < end;) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((done) => setTimeout(done, ANOTHER_LOOK_MS));
    }
    throw new Error('it did not come to that');
  };
  const settled = (subscription: { id: string }, status: SubscriptionDelivery['status']) =>
    until(async () => {
      const log = await logOf(subscription);
      return log.length > 0 && log.every((one) => one.status === status) ? log : undefined;
    });
  const paused = (subscription: { id: string }) =>
    until(async () => {
      const now = await about(subscription);
      return now.status === 'paused' ? now : undefined;
    });
  const verifiedBy = (secret: string, { text, headers }: (typeof receiver.requests)[number]) => {
    try {
      new Webhook(secret).verify(text, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  };

  it('posts each event of its kinds, signed so that the public library takes it, with its cursor', async () => {
    const subscription = await subscribe();
    const { meetingId } = timelines.add('listening');
    const wanted = timelines.add('segment.final', { meetingId, data: { text: 'Good morning.' } });
    const other = timelines.add('insight', { meetingId });
    await running.publish(other, wanted);
    const [request] = await receiver.waitFor(1);
    expect(request?.json).toEqual({
      type: 'segment.final',
      timestamp: expect.any(String) as string,
      meetingId,
      cursor: 2,
      data: { text: 'Good morning.' },
    });
    expect(request && verifiedBy(subscription.secret, request)).toBe(true);
    const [delivery] = await settled(subscription, 'succeeded');
    expect(delivery).toMatchObject({ webhookId: request?.id, cursor: 2, tries: 1 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('tells its secret once, and keeps it sealed', async () => {
    const { secret, ...subscription } = await subscribe();
    expect(await about(subscription)).toEqual(subscription);
    const rows = await running.sql(
      `SELECT row_to_json(s)::text AS t FROM integrations.subscriptions s`,
    );
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length));
  });

  it('posts an event once that is told twice', async () => {
    const subscription = await subscribe();
    const event = timelines.add('summary');
    await running.publish(event, event);
    await running.publish(event);
    await settled(subscription, 'succeeded');
    expect(receiver.requests).toHaveLength(1);
  });

  it.each([
    ['answers 500', { kind: 'status', status: 500 }],
    ['asks to wait', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
    [
      'answers a redirect, which is not followed',
      { kind: 'status', status: 302, headers: { location: '/elsewhere' } },
    ],
    ['never answers', { kind: 'hang' }],
    ['cuts the line', { kind: 'reset' }],
  ] as const)('comes again under the same id when the receiver %s', async (_what, fault) => {
    const subscription = await subscribe();
    receiver.failNext(fault, fault);
    await running.publish(timelines.add('summary'));
    const requests = await receiver.waitFor(3);
    expect(receiver.distinctIds).toBe(1);
    expect(requests.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook']);
    expect(requests.every((request) => verifiedBy(subscription.secret, request))).toBe(true);
    const [delivery] = await settled(subscription, 'succeeded');
    expect(delivery?.attempts.map(({ outcome }) => outcome).at(-1)).toBe('succeeded');
    expect(delivery?.tries).toBe(3);
    expect((await about(subscription)).failingSince).toBeNull();
  });

  it('is paused at once by 410, keeps what comes meanwhile, and posts it once resumed', async () => {
    const subscription = await subscribe();
    receiver.failNext({ kind: 'status', status: 410 });
    await running.publish(timelines.add('summary'));
    expect(await paused(subscription)).toMatchObject({ pausedReason: 'gone' });
    await running.publish(timelines.add('segment.final'));
    expect((await logOf(subscription)).map(({ status }) => status)).toEqual(['planned', 'planned']);
    expect(receiver.requests).toHaveLength(1);
    const path = `/v1/subscriptions/${subscription.id}`;
    const resumed = await running.call<Subscription>('PATCH', path, { paused: false });
    expect(resumed.body).toMatchObject({ status: 'active', pausedReason: null });
    await settled(subscription, 'succeeded');
    expect(receiver.distinctIds).toBe(2);
  });

  it('is paused when nothing got through for as long as that may last', async () => {
    const subscription = await subscribe(['summary'], `http://${NOBODY}/hook`);
    await running.publish(timelines.add('summary'));
    const failing = await until(async () => {
      const { failingSince } = await about(subscription);
      return failingSince ?? undefined;
    });
    expect(Date.parse(failing)).not.toBeNaN();
    await running.sql(
      `UPDATE integrations.subscriptions SET failing_since = now() - interval '25 hours'`,
    );
    await running.sql(`UPDATE integrations.subscription_messages SET next_attempt_at = now()`);
    expect(await paused(subscription)).toMatchObject({ pausedReason: 'failing' });
    const [delivery] = await logOf(subscription);
    expect(delivery).toMatchObject({ status: 'planned' });
    expect(delivery?.attempts[0]).toMatchObject({ reason: 'connection refused' });
  });

  it('gives an event up that alone is refused for so long', async () => {
    const subscription = await subscribe();
    receiver.failNext({ kind: 'status', status: 400 }, { kind: 'status', status: 400 });
    await running.publish(timelines.add('summary'));
    await receiver.waitFor(1);
    await running.sql(
      `UPDATE integrations.subscription_messages
       SET first_tried_at = now() - interval '25 hours', next_attempt_at = now()`,
    );
    await settled(subscription, 'failed');
    expect((await about(subscription)).status).toBe('active');
  });

  it('signs with two secrets for a day after a rotation, then with the new one', async () => {
    const subscription = await subscribe();
    const path = `/v1/subscriptions/${subscription.id}/rotate-secret`;
    const { body: rotated } = await running.call<SubscriptionWithSecret>('POST', path);
    expect(rotated.secret).not.toBe(subscription.secret);
    expect(rotated.previousSecretUntil).not.toBeNull();
    await running.publish(timelines.add('summary'));
    const [both] = await receiver.waitFor(1);
    expect(both?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(both && verifiedBy(subscription.secret, both)).toBe(true);
    expect(both && verifiedBy(rotated.secret, both)).toBe(true);
    await running.sql(`UPDATE integrations.subscriptions SET previous_until = now()`);
    await running.publish(timelines.add('summary'));
    const [, after] = await receiver.waitFor(2);
    expect(after && verifiedBy(subscription.secret, after)).toBe(false);
    expect(after && verifiedBy(rotated.secret, after)).toBe(true);
  });

  it('loses nothing and changes no id when the service is replaced in the middle', async () => {
    const subscription = await subscribe();
    receiver.failNext({ kind: 'status', status: 503 }, { kind: 'reset' }, { kind: 'hang' });
    const events = Array.from({ length: 6 }, () => timelines.add('segment.final'));
    await running.publish(...events.slice(0, 3));
    await receiver.waitFor(1);
    await running.replace();
    await running.publish(...events.slice(3));
    const log = await settled(subscription, 'succeeded');
    expect(log).toHaveLength(6);
    expect(new Set(receiver.requests.map(({ id }) => id))).toEqual(
      new Set(log.map(({ webhookId }) => webhookId)),
    );
  });

  it('takes over what a worker that died had in hand', async () => {
    const subscription = await subscribe();
    const path = `/v1/subscriptions/${subscription.id}`;
    await running.call('PATCH', path, { paused: true });
    await running.publish(timelines.add('summary'));
    await running.sql(
      `UPDATE integrations.subscription_messages
       SET status = 'sending', lease_owner = 'the dead', lease_until = now() - interval '1 second'`,
    );
    await running.call('PATCH', path, { paused: false });
    await settled(subscription, 'succeeded');
    expect(receiver.requests).toHaveLength(1);
  });

  it('has few of its events in hand at a time, so that others are not held up', async () => {
    await running.part(MessageWorker).onModuleDestroy();
    const busy = await subscribe(['summary']);
    const other = await subscribe(['segment.final']);
    for (let count = 0; count < 10; count++) await running.publish(timelines.add('summary'));
    await running.publish(timelines.add('segment.final'));
    const claim = async () => {
      const claimed = await running.part(MessagesRepository).claim(8, 60_000, randomUUID);
      return claimed.map(({ subscription }) => subscription.id);
    };
    expect(await claim()).toEqual([busy.id, busy.id, other.id]);
    expect(await claim()).toEqual([busy.id]);
    expect(await claim()).toEqual([]);
    await running.replace();
  });

  it('posts nothing of a meeting that was erased while it waited', async () => {
    const subscription = await subscribe();
    const path = `/v1/subscriptions/${subscription.id}`;
    await running.call('PATCH', path, { paused: true });
    const event = timelines.add('summary');
    await running.publish(event);
    timelines.erase(event.meetingId);
    await running.call('PATCH', path, { paused: false });
    await settled(subscription, 'dropped');
    expect(receiver.requests).toHaveLength(0);
  });

  it('keeps nothing of what an entry says', async () => {
    const subscription = await subscribe();
    await running.publish(timelines.add('segment.final', { data: { text: 'the blue heron' } }));
    await settled(subscription, 'succeeded');
    const rows = await running.sql(
      `SELECT row_to_json(m)::text AS t FROM integrations.subscription_messages m`,
    );
    expect(JSON.stringify(rows)).not.toContain('heron');
  });

  it('throws its log away after a while, and what waited as long', async () => {
    const subscription = await subscribe();
    await running.publish(timelines.add('summary'));
    await settled(subscription, 'succeeded');
    await running.sql(
      `UPDATE integrations.subscription_messages SET created_at = now() - interval '8 days'`,
    );
    await running.part(MessageWorker).removeOld();
    expect(await logOf(subscription)).toEqual([]);
  });

  it('is tested by an event that is posted at once, and says how that went', async () => {
    const subscription = await subscribe();
    const path = `/v1/subscriptions/${subscription.id}/test`;
    const test = await running.call<SubscriptionTest>('POST', path);
    expect(test.body).toMatchObject({ accepted: true, status: 200 });
    const [request] = await receiver.waitFor(1);
    expect(request?.json).toMatchObject({
      type: 'test',
      data: { subscriptionId: subscription.id },
    });
    expect(request && verifiedBy(subscription.secret, request)).toBe(true);
    receiver.failNext({ kind: 'status', status: 401 });
    const refused = await running.call<SubscriptionTest>('POST', path);
    expect(refused.body).toMatchObject({ accepted: false, status: 401 });
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data'],
    ['http://[::ffff:10.0.0.1]/'],
    ['http://2130706433:9/'],
    ['ftp://example.com/'],
    ['http://me:secret@example.com/'],
  ])('cannot lead to %s, neither new nor changed', async (url) => {
    const kinds = ['summary'];
    const made = await running.call('POST', '/v1/subscriptions', { url, kinds });
    expect(made.status).toBe(422);
    const { id } = await subscribe();
    const changed = await running.call('PATCH', `/v1/subscriptions/${id}`, { url });
    expect(changed.status).toBe(422);
  });

  it('is refused at the moment of sending, too, when its name leads to a private address by then', async () => {
    const subscription = await subscribe();
    await running.sql(`UPDATE integrations.subscriptions SET url = 'http://127.0.0.1:9/hook'`);
    await running.publish(timelines.add('summary'));
    const reason = await until(async () => (await logOf(subscription))[0]?.attempts[0]?.reason);
    expect(reason).toBe('the destination is a private address');
  });

  it('takes no kinds that are not kept, and none twice', async () => {
    for (const kinds of [[], ['segment.partial'], ['summary', 'summary'], ['x']]) {
      const body = { url: receiver.url, kinds };
      expect((await running.call('POST', '/v1/subscriptions', body)).status).toBe(400);
    }
  });

  it('stays as it is where a change names nothing, or null', async () => {
    const { secret: _, ...subscription } = await subscribe();
    const change = { url: null, kinds: null, paused: null };
    const path = `/v1/subscriptions/${subscription.id}`;
    const answer = await running.call<Subscription>('PATCH', path, change);
    expect(answer).toEqual({ status: 200, body: subscription });
  });

  it('takes what waits for it along when it is removed', async () => {
    const { id } = await subscribe();
    expect((await running.call('DELETE', `/v1/subscriptions/${id}`)).status).toBe(204);
    expect((await running.call('GET', `/v1/subscriptions/${id}`)).status).toBe(404);
    await running.publish(timelines.add('summary'));
    expect(receiver.requests).toHaveLength(0);
  });
});
