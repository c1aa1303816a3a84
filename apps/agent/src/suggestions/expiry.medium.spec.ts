import type { Suggestion } from '@parley/contracts';
import type { Acceptance } from '../acceptance/acceptance.dto';
import { RunningAgent } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';
import { ExpiryService } from './expiry.service';

const ASKED = 'What is the notice period of the warehouse lease?';
const PROMISED = 'Emma will send the pricing page to the design team.';
const HOUR_MS = 3_600_000;

// Real: the whole service, embedded Postgres, the embedded bus. Fake: rag and integrations, over HTTP.
describe('suggestions that were overtaken', () => {
  let parley: RunningAgent;
  let meeting: SpokenMeeting;

  beforeAll(async () => {
    parley = await RunningAgent.start();
  });
  afterAll(() => parley.stop());

  beforeEach(async () => {
    meeting = new SpokenMeeting();
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items: [] } }));
    parley.integrations.on('GET /v1/connections', () => ({
      status: 200,
      body: {
        items: [
          {
            id: 'c1',
            provider: 'file',
            isDefault: true,
            tools: [{ name: 'file.write', arguments: {} }],
          },
        ],
        nextCursor: null,
      },
    }));
    await parley.publish(meeting.started());
  });

  const made = async (): Promise<Suggestion> => {
    const [event] = await parley.hear('suggestion.created', meeting.id);
    if (!event) throw new Error('nothing was suggested');
    return event.data.suggestion;
  };
  const now = async ({ id }: Suggestion): Promise<Suggestion> =>
    (await parley.call<Suggestion>('GET', `/v1/suggestions/${id}`)).body;
  const acceptance = async (query = ''): Promise<Acceptance> =>
    (await parley.call<Acceptance>('GET', `/v1/acceptance${query}`)).body;

  it('lapse when the question is answered soon after, and the timeline says why', async () => {
    await parley.publish(meeting.says(ASKED, { intent: 'question' }));
    const question = await made();
    expect(question.kind).toBe('question');
    await parley.publish(meeting.says('The printer is broken again.'));
    expect((await now(question)).status).toBe('pending');

    await parley.publish(meeting.says('The notice period of the lease is six months.'));
    const [event] = await parley.hear('suggestion.decided', meeting.id);
    expect(event?.data.suggestion).toMatchObject({
      id: question.id,
      status: 'expired',
      expiredBecause: 'answered',
    });
    expect(await now(question)).toEqual(event?.data.suggestion);
    const late = await parley.call('POST', `/v1/suggestions/${question.id}/reject`, {});
    expect(late.status).toBe(409);
  });

  it('lapse when nobody decided for days after the meeting, and not before', async () => {
    await parley.publish(meeting.says(PROMISED, { intent: 'task' }));
    const task = await made();
    const ended = meeting.ended();
    await parley.publish(meeting.completed(), ended);
    const endedAt = Date.parse(ended.data.endedAt);
    const expiry = parley.get(ExpiryService);
    await expiry.expireOld(new Date(endedAt + 71 * HOUR_MS));
    expect((await now(task)).status).toBe('pending');

    await expiry.expireOld(new Date(endedAt + 73 * HOUR_MS));
    expect(await now(task)).toMatchObject({ status: 'expired', expiredBecause: 'meeting-ended' });
  });

  it('leave a decision as it is', async () => {
    await parley.publish(meeting.says(PROMISED, { intent: 'task' }));
    const task = await made();
    await parley.call('POST', `/v1/suggestions/${task.id}/reject`, { reason: 'Done already.' });
    await parley.publish(meeting.ended());
    await parley.get(ExpiryService).expireOld(new Date(Date.now() + 100 * HOUR_MS));
    expect(await now(task)).toMatchObject({ status: 'rejected' });
  });

  it('are counted beside what people approved, edited and rejected, by kind and period', async () => {
    await parley.sql(`DELETE FROM agent.suggestions`);
    const promises = ['send the invoice', 'book the flights', 'order new chairs', 'call the bank'];
    for (const what of promises) {
      await parley.publish(meeting.says(`I will ${what}.`, { intent: 'task' }));
    }
    const events = await parley.hear('suggestion.created', meeting.id, promises.length);
    const [first, second, third] = events.map(({ data }) => data.suggestion);
    const decide = async (one: Suggestion | undefined, how: string, body: object) =>
      (await parley.call('POST', `/v1/suggestions/${one?.id}/${how}`, body)).status;
    expect(await decide(first, 'approve', {})).toBe(200);
    expect(await decide(second, 'approve', { arguments: { title: 'Book three flights' } })).toBe(
      200,
    );
    expect(await decide(third, 'reject', {})).toBe(200);

    const counted = { kind: 'task', approved: 1, edited: 1, rejected: 1, expired: 0 };
    const { items } = await acceptance('?period=month');
    expect(items).toMatchObject([{ ...counted, acceptance: 0.6667 }]);
    expect(items[0]?.period).toMatch(/-01T00:00:00\.000Z$/);
    expect((await acceptance('?from=2020-01-01&to=2020-02-01')).items).toEqual([]);
    for (const query of ['period=year', 'from=2026-W10', 'to=2026-123', 'from=2026-02-30']) {
      expect((await parley.call('GET', `/v1/acceptance?${query}`)).status).toBe(400);
    }

    await parley.sql(`UPDATE agent.suggestions SET workspace_id = 'elsewhere'`);
    expect((await acceptance()).items).toEqual([]);
  });
});
