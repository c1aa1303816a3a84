import { newId, type Delivery } from '@parley/contracts';
import { nativeRequire } from '../testing/native-require';
import { approved, NOBODY, RunningIntegrations } from '../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

// Real: the whole service, embedded Postgres, the embedded bus, an HTTP receiver on loopback. Nothing is fake.
describe('an approved action', () => {
  let parley: RunningIntegrations;
  let webhook: string;

  beforeAll(async () => {
    parley = await RunningIntegrations.start({ PROVIDER_TIMEOUT_DEFAULT_SECONDS: '1' });
    webhook = await parley.connectReceiver();
  });
  afterAll(() => parley.stop());

  const received = (actionId: string) =>
    parley.receiver.requests.filter(({ id }) => id === `act_${actionId}`);

  const pointTo = (url: string) =>
    parley.sql(`UPDATE integrations.connections SET settings = $2 WHERE id = $1`, [
      webhook,
      JSON.stringify({ url }),
    ]);

  const get = (id: string) => parley.call<Delivery>('GET', `/v1/deliveries/${id}`);

  it('is posted to the webhook, signed, with its arguments and evidence', async () => {
    const event = approved(webhook);
    await parley.publish(event);
    const delivery = await parley.outcomeOf(event);

    expect(delivery).toMatchObject({
      actionId: event.data.actionId,
      meetingId: event.meetingId,
      provider: 'webhook',
      tool: 'webhook.post',
      status: 'succeeded',
      attempts: [{ outcome: 'succeeded', status: 200 }],
    });
    const requests = received(event.data.actionId);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.verified).toBe(true);
    const { actionId, tool, arguments: given, citations } = event.data;
    expect(requests[0]?.json).toEqual({
      type: 'action',
      actionId,
      meetingId: event.meetingId,
      tool,
      arguments: given,
      citations,
    });
    expect((await get(delivery.id)).body).toEqual(delivery);
  });

  it('that is told twice is delivered once', async () => {
    const event = approved(webhook);
    const again = { ...event, id: newId<string>() };
    await Promise.all([parley.publish(event), parley.publish(event), parley.publish(again)]);
    await parley.outcomeOf(event);
    await parley.publish(event);

    // A later action has come through: had there been another of the first, it would be here.
    const later = approved(webhook);
    await parley.publish(later);
    await parley.outcomeOf(later);
    expect(received(event.data.actionId)).toHaveLength(1);
    expect(parley.told.filter(({ actionId }) => actionId === event.data.actionId)).toHaveLength(1);
  });

  it('is tried again, under the same id, when the receiver fails', async () => {
    parley.receiver.failNext({ kind: 'status', status: 500 });
    const event = approved(webhook);
    await parley.publish(event);
    const delivery = await parley.outcomeOf(event);

    expect(delivery.attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['failed', 500],
      ['succeeded', 200],
    ]);
    expect(received(event.data.actionId).map(({ verified }) => verified)).toEqual([true, true]);
  });

  it('fails at once when the receiver says that the request is wrong', async () => {
    parley.receiver.failNext({ kind: 'status', status: 400 });
    const event = approved(webhook);
    await parley.publish(event);

    expect(await parley.outcomeOf(event)).toMatchObject({
      status: 'failed',
      reason: 'the receiver answered 400',
      attempts: [{ outcome: 'failed', status: 400 }],
    });
  });

  it('is not sent with arguments that its tool does not take', async () => {
    const calendar = await parley.connect('calendar', { refreshToken: '1//fake-refresh-token' });
    const event = approved(calendar, {
      provider: 'calendar',
      tool: 'calendar.event.create',
      arguments: { title: ['not', 'a', 'text'], date: '2026-01-05' },
    });
    await parley.publish(event);
    expect(await parley.outcomeOf(event)).toMatchObject({
      status: 'failed',
      reason: 'the tool does not take arguments.title: must be string',
      attempts: [],
    });
  });

  it('fails when the attempts are spent, and succeeds when a person tries again', async () => {
    const failure = { kind: 'status', status: 503 } as const;
    parley.receiver.failNext(failure, failure, failure);
    const event = approved(webhook);
    await parley.publish(event);
    const { id, status, attempts } = await parley.outcomeOf(event);
    expect({ status, attempts: attempts.length }).toEqual({ status: 'failed', attempts: 3 });

    expect((await parley.call('POST', `/v1/deliveries/${id}/retry`)).status).toBe(202);
    expect(await parley.outcomeOf(event, 2)).toMatchObject({ status: 'succeeded' });
    expect((await parley.call('POST', `/v1/deliveries/${id}/retry`)).status).toBe(409);
  });

  it('is not sent any more, nor can be retried, once its approval has expired on the way', async () => {
    parley.receiver.failNext({ kind: 'status', status: 503, headers: { 'retry-after': '3' } });
    const event = approved(webhook, { expiresAt: new Date(Date.now() + 2_000) });
    await parley.publish(event);
    const { id, status, reason } = await parley.outcomeOf(event);
    expect({ status, reason }).toEqual({ status: 'failed', reason: 'the approval has expired' });
    expect(received(event.data.actionId)).toHaveLength(1);
    expect((await parley.call('POST', `/v1/deliveries/${id}/retry`)).status).toBe(409);
  });

  it('waits as long as the receiver asks', async () => {
    parley.receiver.failNext({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    const event = approved(webhook);
    await parley.publish(event);
    const { status, attempts } = await parley.outcomeOf(event);
    expect(status).toBe('succeeded');
    const [first, second] = attempts.map(({ at }) => Date.parse(at));
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it.each(['hang', 'reset', 'garbage'] as const)(
    'is repeated when the receiver answers with a %s, since nobody knows what happened',
    async (kind) => {
      parley.receiver.failNext({ kind });
      const event = approved(webhook);
      await parley.publish(event);
      const { status, attempts } = await parley.outcomeOf(event);
      expect(status).toBe('succeeded');
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['uncertain', 'succeeded']);
    },
  );

  it('closes the connection when its time is up, and leaves nothing open', async () => {
    const before = parley.receiver.givenUp;
    parley.receiver.failNext({ kind: 'hang' });
    const event = approved(webhook);
    await parley.publish(event);
    const { attempts } = await parley.outcomeOf(event);
    expect(attempts.map(({ reason }) => reason)).toEqual(['no answer in time', undefined]);
    await parley.receiver.waitForGivenUp(before + 1);
  });

  it('is uncertain when no attempt brought an answer', async () => {
    parley.receiver.failNext({ kind: 'reset' }, { kind: 'reset' }, { kind: 'reset' });
    const event = approved(webhook);
    await parley.publish(event);
    expect(await parley.outcomeOf(event)).toMatchObject({
      status: 'uncertain',
      reason: 'the connection was cut',
    });
  });

  it('counts as delivered at the status, however long the answer is', async () => {
    parley.receiver.failNext({ kind: 'endless' });
    const event = approved(webhook);
    await parley.publish(event);
    const { status, attempts } = await parley.outcomeOf(event);
    expect({ status, attempts: attempts.length }).toEqual({ status: 'succeeded', attempts: 1 });
  });

  it('is repeated when nobody listens, and has then certainly failed', async () => {
    const event = approved(webhook);
    await pointTo(`http://${NOBODY}/`);
    await parley.publish(event);
    const delivery = await parley.outcomeOf(event);
    await pointTo(parley.receiver.url);
    expect(delivery).toMatchObject({ status: 'failed', attempts: { length: 3 } });
  });

  it('does not follow a redirect', async () => {
    const location = `${parley.receiver.url}/elsewhere`;
    parley.receiver.failNext({ kind: 'status', status: 307, headers: { location } });
    const event = approved(webhook);
    await parley.publish(event);
    expect(await parley.outcomeOf(event)).toMatchObject({ status: 'failed' });
    expect(received(event.data.actionId)).toHaveLength(1);
  });

  describe('is never sent, and can not be retried, when', () => {
    it.each([
      ['it was signed with another key', () => approved(webhook, { key: 'x'.repeat(40) })],
      ['its approval has expired', () => approved(webhook, { expiresAt: new Date(0) })],
      [
        'its arguments were changed after the approval',
        () => {
          const event = approved(webhook);
          return { ...event, data: { ...event.data, arguments: { title: 'Send the money' } } };
        },
      ],
      [
        'it was led to another connection',
        () => {
          const event = approved(webhook);
          return { ...event, data: { ...event.data, connectionId: newId<string>() } };
        },
      ],
    ])('%s', async (_why, make) => {
      const event = make();
      await parley.publish(event);
      const delivery = await parley.outcomeOf(event);
      expect(delivery).toMatchObject({ status: 'failed', attempts: [] });
      expect(delivery.reason).toMatch(/approv|expired/);

      const retry = await parley.call('POST', `/v1/deliveries/${delivery.id}/retry`);
      expect(retry.status).toBe(409);
      expect(received(event.data.actionId)).toEqual([]);
    });
  });

  it('goes out although a forged one with its id came first', async () => {
    const genuine = approved(webhook);
    const forged = approved(webhook, { actionId: genuine.data.actionId, key: 'x'.repeat(40) });
    await parley.publish(forged);
    expect(await parley.outcomeOf(genuine)).toMatchObject({ status: 'failed' });
    await parley.publish(genuine);
    expect(await parley.outcomeOf(genuine, 2)).toMatchObject({ status: 'succeeded' });
    expect(received(genuine.data.actionId)).toHaveLength(1);
  });

  it('fails when its connection is gone', async () => {
    const connection = await parley.connect('file');
    expect((await parley.call('DELETE', `/v1/connections/${connection}`)).status).toBe(204);
    const event = approved(connection, { provider: 'file', tool: 'file.append' });
    await parley.publish(event);
    expect(await parley.outcomeOf(event)).toMatchObject({
      status: 'failed',
      reason: 'the connection is gone',
    });
  });

  it('fails when its provider has no such tool', async () => {
    const event = approved(webhook, { tool: 'money.send' });
    await parley.publish(event);
    expect(await parley.outcomeOf(event)).toMatchObject({ status: 'failed', attempts: [] });
  });

  it('is never sent to what became a private address after it was saved', async () => {
    await pointTo(parley.receiver.url.replace('127.0.0.1', 'localhost'));
    const event = approved(webhook);
    await parley.publish(event);
    const delivery = await parley.outcomeOf(event);
    await pointTo(parley.receiver.url);
    expect(delivery).toMatchObject({
      status: 'failed',
      reason: 'the destination is a private address',
    });
    expect(received(event.data.actionId)).toEqual([]);
  });
});
