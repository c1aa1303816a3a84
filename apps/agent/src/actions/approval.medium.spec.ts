import {
  makeEvent,
  newId,
  verifyApproval,
  type Delivery,
  type DeliveryStatus,
  type Envelope,
  type Suggestion,
} from '@parley/contracts';
import { problem } from '@parley/testing';
import { RunningAgent, SIGNING_KEY } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';
import { ActionsHandlers } from './actions.handlers';
import type { ApprovedAction } from './action.views';

const connection = (name: string, isDefault: boolean) => ({
  id: newId<string>(),
  provider: name,
  name,
  isDefault,
  tools: [{ name: `${name}.send`, arguments: {} }],
});
/** As integrations tells it: JSON Schema of what the tool reads. */
const takesDays = {
  type: 'object',
  properties: { dueDate: { type: 'string', format: 'date' }, title: { type: 'string' } },
  required: ['title'],
};
const byDefault = connection('webhook', true);
const other = connection('file', false);
const HUNDRED = Array.from({ length: 100 });

// Real: the whole service, embedded Postgres, the embedded bus. Fake: rag and integrations, over HTTP.
describe('approving a suggestion', () => {
  let parley: RunningAgent;
  let meeting: SpokenMeeting;
  let suggestion: Suggestion;
  let suggestionCause: Envelope;

  beforeAll(async () => {
    parley = await RunningAgent.start();
  });
  afterAll(() => parley.stop());

  beforeEach(async () => {
    connections([other, byDefault]);
    meeting = new SpokenMeeting();
    await parley.publish(meeting.started());
    suggestionCause = meeting.says('Emma will send the pricing page.', { intent: 'task' });
    await parley.publish(suggestionCause);
    const [event] = await parley.hear('suggestion.created', meeting.id);
    if (!event) throw new Error('there is no suggestion');
    suggestion = event.data.suggestion;
  });

  const connections = (items: unknown[]) => {
    parley.integrations.on('GET /v1/connections', () => ({ status: 200, body: { items } }));
  };
  const approve = (body: object = {}) =>
    parley.call<ApprovedAction & { type?: string }>(
      'POST',
      `/v1/suggestions/${suggestion.id}/approve`,
      body,
    );
  const statusNow = async () =>
    (await parley.call<Suggestion>('GET', `/v1/suggestions/${suggestion.id}`)).body.status;
  const action = (id: string) => parley.call<{ status: string }>('GET', `/v1/actions/${id}`);
  const delivery = (actionId: string, status: DeliveryStatus): Delivery => ({
    id: newId<string>(),
    actionId,
    meetingId: meeting.id,
    provider: 'webhook',
    tool: 'webhook.send',
    status,
    attempts: [],
  });

  it('orders exactly what was approved, signed, through the default connection', async () => {
    const { status, body } = await approve();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      suggestion: { id: suggestion.id, status: 'approved', decidedBy: 'operator' },
      action: { status: 'approved', connectionId: byDefault.id, tool: 'webhook.send' },
    });
    const [event] = await parley.hear('action.approved', meeting.id);
    if (!event) throw new Error('there is no action');
    expect(event.data).toMatchObject({
      actionId: body.action.id,
      provider: 'webhook',
      arguments: { title: 'Send the pricing page', owner: 'Emma' },
      citations: suggestion.citations,
    });
    expect(verifyApproval(event.data, SIGNING_KEY, new Date())).toEqual({ ok: true });
    const [decided] = await parley.hear('suggestion.decided', meeting.id);
    expect(decided?.data.suggestion).toEqual(body.suggestion);
  });

  it('is listed with what it led to, newest first, without its signature', async () => {
    const { body } = await approve();
    const list = (query: string) =>
      parley.call<{ items: { id: string }[]; nextCursor: string | null }>(
        'GET',
        `/v1/actions?${query}`,
      );
    const own = await list(`meetingId=${meeting.id}`);
    const { id: suggestionId } = suggestion;
    expect(own.body).toEqual({
      items: [
        expect.objectContaining({
          ...body.action,
          suggestionId,
          meetingId: meeting.id,
          provider: 'webhook',
        }),
      ],
      nextCursor: null,
    });
    expect(JSON.stringify(own.body)).not.toContain('signature');
    expect((await list('limit=1')).body.items).toEqual([
      expect.objectContaining({ id: body.action.id }),
    ]);
    expect((await list(`meetingId=${meeting.id}&status=failed`)).body.items).toEqual([]);
    expect((await list('status=planned')).status).toBe(400);
    expect((await list('cursor=neither')).status).toBe(400);
  });

  it('goes on in the trace of the utterance, although the approval is a request of its own', async () => {
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
    const said = meeting.says('Ben will write the release notes.', { intent: 'task' });
    await parley.publish({ ...said, traceparent });
    const [, created] = await parley.hear('suggestion.created', meeting.id, 2);
    suggestion = created?.data.suggestion ?? suggestion;
    await approve();
    const [event] = await parley.hear('action.approved', meeting.id);
    expect(created?.traceparent).toBe(traceparent);
    expect(event?.traceparent).toBe(traceparent);
  });

  it('lets exactly one of a hundred callers approve, and orders once', async () => {
    const answers = await Promise.all(HUNDRED.map(() => approve()));
    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(refused).toHaveLength(99);
    expect(refused[0]?.body.type).toMatch(/suggestion-decided$/);

    expect(await parley.hear('action.approved', meeting.id)).toHaveLength(1);
    const rows = await parley.sql(`SELECT id FROM agent.actions WHERE suggestion_id = $1`, [
      suggestion.id,
    ]);
    const written = await parley.sql(
      `SELECT 1 FROM agent.outbox
       WHERE envelope->>'meetingId' = $1 AND envelope->>'type' = 'action.approved'`,
      [meeting.id],
    );
    expect([rows, written]).toEqual([[{ id: expect.any(String) as string }], [expect.anything()]]);
  });

  it('takes edited arguments and the connection that was named', async () => {
    const edited = { title: 'Send the new page', owner: 'Laura' };
    await approve({ arguments: edited, connectionId: other.id });
    const [event] = await parley.hear('action.approved', meeting.id);
    expect(event?.data).toMatchObject({ provider: 'file', connectionId: other.id });
    expect(event?.data.arguments).toMatchObject(edited);
  });

  it('names the arguments that the tool does not take, decides nothing, and takes mended ones', async () => {
    connections([{ ...byDefault, tools: [{ name: 'webhook.send', arguments: takesDays }] }]);
    const secret = 'the day after the merger';
    const refused = await approve({ arguments: { dueDate: secret } });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        errors: ['arguments.title: is missing', expect.stringMatching(/^arguments.dueDate: /)],
      },
    });
    expect(JSON.stringify(refused.body)).not.toContain(secret);
    expect(await statusNow()).toBe('pending');

    const mended = { title: 'Send it', dueDate: '2026-01-05', owner: 'Emma' };
    expect((await approve({ arguments: mended })).status).toBe(200);
    const [event] = await parley.hear('action.approved', meeting.id);
    expect(event?.data.arguments).toMatchObject(mended);
  });

  it.each([
    [
      'there is no connection',
      () => {
        connections([]);
      },
      {},
      'no-connection',
    ],
    [
      'the named connection is not there',
      () => {
        connections([byDefault]);
      },
      { connectionId: newId<string>() },
      'connection-not-found',
    ],
    [
      'integrations is down',
      () => {
        parley.integrations.on('GET /v1/connections', () => problem('internal', 'broken'));
      },
      {},
      'upstream-failed',
    ],
  ])('is refused and may be tried again when %s', async (_, arrange, body, code) => {
    arrange();
    expect((await approve(body)).body.type).toMatch(new RegExp(`${code}$`));
    expect(await statusNow()).toBe('pending');

    connections([byDefault]);
    expect((await approve()).status).toBe(200);
  });

  it('is refused after a rejection, and a rejection after it', async () => {
    const reject = () =>
      parley.call<Suggestion>('POST', `/v1/suggestions/${suggestion.id}/reject`, { reason: 'no' });
    expect((await reject()).body).toMatchObject({ status: 'rejected', decidedBy: 'operator' });
    expect((await reject()).status).toBe(409);
    expect((await approve()).status).toBe(409);
    await parley.hear('suggestion.decided', meeting.id);
    expect(parley.of('action.approved', meeting.id)).toEqual([]);
  });

  it('follows what becomes of the action; what was delivered stays so', async () => {
    const { id } = (await approve()).body.action;
    expect((await action(id)).body.status).toBe('approved');
    const about = { meetingId: meeting.id };
    const failed = { delivery: delivery(id, 'failed') };
    await parley.publish(makeEvent('delivery.failed', failed, about));
    expect((await action(id)).body.status).toBe('failed');
    const succeeded = { delivery: delivery(id, 'succeeded') };
    await parley.publish(makeEvent('delivery.succeeded', succeeded, about));
    await parley.publish(makeEvent('delivery.failed', failed, about));
    expect((await action(id)).body.status).toBe('delivered');
  });

  describe('when what became of the action is told again, in another order', () => {
    const attempt = { at: '2026-11-23T09:00:00Z', outcome: 'failed', ms: 5 } as const;
    const uncertain = { ...attempt, outcome: 'uncertain' } as const;
    const tell = async (
      status: 'failed' | 'uncertain' | 'succeeded',
      id: string,
      attempts: Delivery['attempts'],
    ): Promise<() => Promise<void>> => {
      const data = { delivery: { ...delivery(id, status), attempts } };
      const event = makeEvent(`delivery.${status}`, data, { meetingId: meeting.id });
      const publish = () => parley.publish(event);
      await publish();
      return publish;
    };

    it('does not call failed what is uncertain by now', async () => {
      const { id } = (await approve()).body.action;
      const failedAgain = await tell('failed', id, [attempt]);
      await tell('uncertain', id, [attempt, uncertain]);
      await failedAgain();
      expect((await action(id)).body.status).toBe('uncertain');
    });

    it('does not call uncertain what was delivered', async () => {
      const { id } = (await approve()).body.action;
      const uncertainAgain = await tell('uncertain', id, [uncertain]);
      await tell('succeeded', id, [uncertain, { ...attempt, outcome: 'succeeded' }]);
      await uncertainAgain();
      expect((await action(id)).body.status).toBe('delivered');
    });

    it('keeps the decision, and orders nothing', async () => {
      const { id } = (await approve()).body.action;
      await tell('succeeded', id, []);
      await parley.publish(meeting.started(), suggestionCause);
      expect(await statusNow()).toBe('approved');
      expect((await action(id)).body.status).toBe('delivered');
      expect(parley.of('action.approved', meeting.id)).toHaveLength(1);
      expect(parley.of('suggestion.created', meeting.id)).toHaveLength(1);
    });
  });

  describe('when nobody answers for the action', () => {
    const age = (column: string) =>
      parley.sql(`UPDATE agent.actions SET ${column} WHERE suggestion_id = $1`, [suggestion.id]);

    it('sends the very same order again, once per wait', async () => {
      await approve();
      const [first] = await parley.hear('action.approved', meeting.id);
      await age(`sent_at = now() - interval '1 minute'`);
      await parley.get(ActionsHandlers).sendUnansweredAgain();
      await parley.get(ActionsHandlers).sendUnansweredAgain();
      const events = await parley.hear('action.approved', meeting.id, 2);
      expect(events).toHaveLength(2);
      expect(events[1]?.data).toEqual(first?.data);
    });

    it('stops when the approval has run out', async () => {
      const { id } = (await approve()).body.action;
      await age(`sent_at = now() - interval '1 minute', approved =
        jsonb_set(approved, '{approval,expiresAt}', '"2020-01-01T00:00:00Z"')`);
      await parley.get(ActionsHandlers).sendUnansweredAgain();
      expect((await action(id)).body.status).toBe('uncertain');
    });
  });
});
