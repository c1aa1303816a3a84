import type { Answer, SearchHit } from '@parley/contracts';
import { problem } from '@parley/testing';
import { RunningAgent } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';

const PRICE = 'We agreed to keep the price at forty nine dollars per month.';
const LAUNCH = 'Then let us go with Tuesday for the launch.';
const REFUND = 'The refund window for annual plans is 30 days.';
const hit: SearchHit = {
  chunkId: 'c1',
  documentId: 'd1',
  text: REFUND,
  score: 0.9,
  scores: { fused: 1 },
  citation: { type: 'chunk', id: 'c1', quote: REFUND, source: 'Billing policy' },
};

async function held(parley: RunningAgent): Promise<SpokenMeeting> {
  const meeting = new SpokenMeeting();
  await parley.publish(meeting.started());
  for (const text of [PRICE, LAUNCH]) await parley.publish(meeting.says(text));
  return meeting;
}

const doneOf = (events: { event: string; data: unknown }[]) => {
  const last = events.at(-1);
  expect(last?.event).toBe('done');
  return last?.data as Answer;
};

// Real: Postgres, the service, HTTP. Fake: rag.
describe('asking without a model', () => {
  let parley: RunningAgent;
  let meeting: SpokenMeeting;

  beforeAll(async () => {
    parley = await RunningAgent.start();
    meeting = await held(parley);
  });
  afterAll(() => parley.stop());

  const askMeeting = (question: string) =>
    parley.ask(`/v1/meetings/${meeting.id}/ask`, { question });

  it('a running meeting answers in its own words, each cited', async () => {
    const events = await askMeeting('When is the launch?');
    expect(events.map(({ event }) => event)).toEqual(['retrieved', 'token', 'citation', 'done']);
    expect(doneOf(events)).toMatchObject({
      answer: LAUNCH,
      citations: [{ type: 'segment', id: `${meeting.id}:main:1`, quote: LAUNCH }],
      found: true,
      engine: 'extractive-1',
      degraded: true,
    });
  });

  it.each([
    ['when', 'When is the launch?', LAUNCH],
    ['how many', 'How many dollars is the price?', PRICE],
    ['what', 'What did we agree about the price?', PRICE],
  ])('is asked %s', async (_kind, question, quote) => {
    const { answer, citations } = doneOf(await askMeeting(question));
    expect(answer).toContain(quote);
    expect(citations.map((one) => one.quote)).toContain(quote);
  });

  it('understands a question by the one that it follows up on, and not without it', async () => {
    const asked = { question: 'And when is it?' };
    const path = `/v1/meetings/${meeting.id}/ask`;
    const history = [{ question: 'Is there a launch?', answer: 'Yes.' }];
    expect(doneOf(await parley.ask(path, { ...asked, history })).answer).toBe(LAUNCH);
    expect(doneOf(await parley.ask(path, asked)).found).toBe(false);
  });

  it('takes no more of an earlier conversation than it says', async () => {
    const history = Array.from({ length: 7 }, () => ({ question: 'Who?', answer: 'Emma.' }));
    const body = { question: 'When is it?', history };
    const { status } = await parley.call('POST', `/v1/meetings/${meeting.id}/ask`, body);
    expect(status).toBe(400);
  });

  it('says so when nobody spoke of it', async () => {
    const answer = doneOf(await askMeeting('Who approved the budget for Spain?'));
    expect(answer).toMatchObject({ found: false, citations: [] });
    expect(answer.answer).toContain('Nothing');
  });

  it('everything means documents and meetings', async () => {
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items: [hit] } }));
    const question = 'What is the refund window for annual plans?';
    expect(doneOf(await parley.ask('/v1/ask', { question })).citations).toEqual([hit.citation]);
    const launch = await parley.ask('/v1/ask', { question: 'When is the launch?' });
    expect(doneOf(launch).answer).toContain(LAUNCH);
  });

  it('is refused, not answered with nothing, when the documents cannot be searched', async () => {
    parley.rag.on('POST /v1/search', () => problem('unavailable', 'away'));
    const { status } = await parley.call('POST', '/v1/ask', { question: 'What is it about?' });
    expect(status).toBe(502);
  });

  it('another workspace, or nobody, has no such meeting', async () => {
    const unknown = new SpokenMeeting().id;
    const foreign = new SpokenMeeting();
    await parley.publish(foreign.started());
    await parley.sql(`UPDATE agent.meetings SET workspace_id = 'other' WHERE id = $1`, [
      foreign.id,
    ]);
    for (const id of [unknown, foreign.id, 'nonsense']) {
      const { status } = await parley.call('POST', `/v1/meetings/${id}/ask`, { question: 'Who?' });
      expect(status).toBe(404);
    }
  });
});
