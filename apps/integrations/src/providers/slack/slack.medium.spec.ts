import { newId, type ActionApproved, type Delivery, type Envelope } from '@parley/contracts';
import { FakeSlack, slackError, type ProviderFault } from '@parley/testing';
import { nativeRequire } from '../../testing/native-require';
import { approved, RunningIntegrations } from '../../testing/running-integrations';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const CALL = 'POST /api/chat.postMessage';

// Real: the whole service, its database, the embedded bus, Slack's SDK, HTTP. Fake: Slack, on loopback.
describe('an action approved for Slack', () => {
  const slack = new FakeSlack();
  let parley: RunningIntegrations;
  let connection: string;

  beforeAll(async () => {
    await slack.start();
    parley = await RunningIntegrations.start({
      SLACK_API_URL: `${slack.url}/api/`,
      TIMEOUT_SLACK_SECONDS: '1',
    });
    const { token, channel, otherChannel } = slack;
    const settings = { token, channel, otherChannels: otherChannel };
    connection = await parley.connect('slack', settings);
  });
  afterAll(async () => {
    await parley.stop();
    await slack.stop();
  });

  const action = (more: Partial<Omit<ActionApproved, 'approval'>> = {}) =>
    approved(connection, { provider: 'slack', tool: 'slack.message.send', ...more });

  const posted = ({ data }: Envelope<'action.approved'>) =>
    slack.messages.filter(
      ({ metadata }) =>
        (metadata as { event_payload: { action_id: string } }).event_payload.action_id ===
        data.actionId,
    );

  async function outcomeOf(event: Envelope<'action.approved'>): Promise<Delivery> {
    await parley.publish(event);
    return parley.outcomeOf(event);
  }

  const outcomes = ({ attempts }: Delivery) => attempts.map(({ outcome }) => outcome);

  it('becomes one message in the channel, with its evidence', async () => {
    const event = action();
    const delivery = await outcomeOf(event);
    expect(posted(event)).toEqual([
      expect.objectContaining({
        channel: slack.channel,
        text: '*Send the budget*\nOwner: Ana\n> I will send the budget',
      }),
    ]);
    expect(delivery).toMatchObject({ status: 'succeeded', externalId: posted(event)[0]?.ts });
  });

  it.each<ProviderFault>([
    { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
    { kind: 'status', status: 429 },
    slackError('service_unavailable'),
    slackError('ratelimited'),
  ])('waits and is sent again when Slack says %j', async (fault) => {
    slack.failNext(fault);
    const event = action();
    const before = slack.calls.length;
    expect(outcomes(await outcomeOf(event))).toEqual(['failed', 'succeeded']);
    expect(slack.calls.slice(before)).toEqual([CALL, CALL]);
    expect(posted(event)).toHaveLength(1);
  });

  it.each<ProviderFault>([
    { kind: 'status', status: 500 },
    slackError('fatal_error'),
    { kind: 'hang' },
    { kind: 'reset' },
    { kind: 'endless' },
  ])('is there once after %j, whether Slack had posted it or not', async (fault) => {
    slack.failNext({ ...fault, acted: true });
    const before = action();
    expect(outcomes(await outcomeOf(before))).toEqual(['uncertain', 'succeeded']);
    expect(posted(before)).toHaveLength(1);

    slack.failNext(fault);
    const after = action();
    expect(outcomes(await outcomeOf(after))).toEqual(['uncertain', 'succeeded']);
    expect(posted(after)).toHaveLength(1);
  });

  it('is found among many newer messages', async () => {
    slack.failNext({ kind: 'hang', acted: true });
    const event = action();
    await parley.publish(event);
    const others = Array.from({ length: 7 }, () => action());
    await parley.publish(...others);
    expect((await parley.outcomeOf(event)).status).toBe('succeeded');
    for (const other of others) await parley.outcomeOf(other);
    expect(posted(event)).toHaveLength(1);
  });

  it.each([
    ['invalid_auth', 'Slack refuses the token'],
    ['not_in_channel', 'Slack: the app is not a member of the channel; invite it there'],
    ['some_new_error', 'Slack answered some_new_error'],
  ])('fails at once when Slack says %s, and tells why', async (error, reason) => {
    slack.failNext(slackError(error));
    const delivery = await outcomeOf(action());
    expect(delivery).toMatchObject({ status: 'failed', reason });
    expect(outcomes(delivery)).toEqual(['failed']);
  });

  it('is not claimed to have failed when nobody can be asked what became of it', async () => {
    const refused = slackError('missing_scope');
    slack.failNext({ kind: 'hang', acted: true }, refused);
    const delivery = await outcomeOf(action());
    expect(delivery.status).toBe('uncertain');
    expect(delivery.reason).toContain('lacks a scope');
  });

  describe('with a place of its own', () => {
    const into = (where: object) => action({ arguments: { title: 'Send the budget', ...where } });
    const link = (ts = '') =>
      `https://team.slack.com/archives/${slack.otherChannel}/p${ts.replace('.', '')}`;
    /** @returns the `ts` of a message in the other channel. */
    async function said(): Promise<string> {
      const event = into({ channel: slack.otherChannel });
      await outcomeOf(event);
      return posted(event)[0]?.ts ?? '';
    }

    it('is posted to the channel that the approval chose, and says nothing of that', async () => {
      const event = into({ channel: slack.otherChannel });
      expect((await outcomeOf(event)).status).toBe('succeeded');
      expect(posted(event)).toEqual([
        expect.objectContaining({
          channel: slack.otherChannel,
          text: '*Send the budget*\n> I will send the budget',
        }),
      ]);
    });

    it('is a reply in a thread, named by its `ts` or by a link', async () => {
      const parent = await said();
      for (const where of [
        { channel: slack.otherChannel, thread: parent },
        { thread: link(parent) },
      ]) {
        const event = into(where);
        expect((await outcomeOf(event)).status).toBe('succeeded');
        expect(posted(event)).toEqual([
          expect.objectContaining({ channel: slack.otherChannel, thread_ts: parent }),
        ]);
      }
    });

    it('is found again in its thread when Slack does not answer, posted or not', async () => {
      const parent = await said();
      for (const isThere of [true, false]) {
        slack.failNext({ kind: 'hang', acted: isThere });
        const event = into({ thread: link(parent) });
        expect(outcomes(await outcomeOf(event))).toEqual(['uncertain', 'succeeded']);
        expect(posted(event)).toHaveLength(1);
      }
    });

    it.each([
      [{ channel: 'C0999ZZZZ' }, /may not choose this channel/],
      [{ channel: 5 }, /arguments.channel: must be string/],
      [{ thread: 'over there' }, /is no message/],
      [{ thread: 'https://team.slack.com/archives/C0999ZZZZ/p1700000000000001' }, /may not choose/],
      [{ thread: '1700000000.000001' }, /no such thread/],
    ])('fails at once for %j', async (where, reason) => {
      const before = slack.messages.length;
      const delivery = await outcomeOf(into(where));
      expect(delivery.status).toBe('failed');
      expect(delivery.reason).toMatch(reason);
      expect(slack.messages).toHaveLength(before);
    });
  });

  it.each([
    [{ token: 'hunter2hunter2', channel: 'C0123ABCD' }, 'token'],
    [{ token: 'xoxb-1-fake-token', channel: '#general' }, 'channel'],
  ])('cannot be asked for with %j', async (settings, wrong) => {
    const input = { provider: 'slack', name: `slack ${newId()}`, settings };
    const { status, body } = await parley.call<object>('POST', '/v1/connections', input);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(wrong);
    expect(JSON.stringify(body)).not.toContain(settings.token);
  });

  it('never shows its token', async () => {
    const { body } = await parley.call<object>('GET', '/v1/connections');
    expect(JSON.stringify(body)).toContain(slack.channel);
    expect(JSON.stringify(body)).not.toContain(slack.token);
  });
});
