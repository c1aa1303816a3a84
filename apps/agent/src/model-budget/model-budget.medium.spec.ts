import { makeEvent, type Answer } from '@parley/contracts';
import { ModelBudget } from '@parley/model-budget';
import {
  completedText,
  FakeService,
  streamedText,
  type ArrangedAnswer as Reply,
} from '@parley/testing';
import { RunningAgent } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';

/** What is left for the agent of the 6,000 of a meeting. */
const LIMIT = 4_500;
const LAUNCH = 'Then let us go with Tuesday for the launch.';
const WISH = 'Please write an email to Emma about the delayed shipment.';

interface Prompt {
  stream?: boolean;
  response_format?: { json_schema: { name: string } };
}

/** An endpoint that answers everything and says that it used so many tokens. */
const using =
  (tokens: number) =>
  (body: unknown): Reply => {
    const { stream, response_format: form } = body as Prompt;
    const usage = { prompt_tokens: tokens - 10, completion_tokens: 10 };
    if (stream) return streamedText('The launch is on Tuesday. [1]\n', usage);
    const line = { section: 'keyPoints', text: LAUNCH, segments: [1], owner: null, dueDate: null };
    const content =
      form?.json_schema.name === 'meeting_summary'
        ? { lines: [line] }
        : { subject: 'Shipment', body: 'Dear Emma, please note the delayed shipment.' };
    return completedText(content, usage);
  };

// Real: Postgres, the service, the openai SDK, HTTP. Fake: rag, the model's endpoint.
describe('the tokens of a meeting', () => {
  let parley: RunningAgent;
  let model: FakeService;
  let meeting: SpokenMeeting;

  beforeAll(async () => {
    model = await FakeService.start();
    parley = await RunningAgent.start({
      OPENAI_BASE_URL: `${model.url}/v1`,
      OPENAI_TEXT_MODEL: 'tiny',
      MODEL_TOKENS_PER_MEETING: '6000',
    });
  });
  beforeEach(async () => {
    meeting = new SpokenMeeting();
    await parley.publish(meeting.started(), meeting.says(LAUNCH));
  });
  afterAll(async () => {
    await parley.stop();
    await model.stop();
  });

  const ask = async (meetingIds = [meeting.id]): Promise<Answer> => {
    const asked = { question: 'When is the launch?', meetingIds };
    return (await parley.ask('/v1/ask', asked)).at(-1)?.data as Answer;
  };
  const used = async (): Promise<number> => {
    const text = 'SELECT tokens FROM agent.model_use WHERE meeting_id = $1';
    const rows = (await parley.sql(text, [meeting.id])) as { tokens: string }[];
    return Number(rows[0]?.tokens ?? 0);
  };

  it('are what the endpoint says, be it streamed or whole', async () => {
    model.on('POST /v1/chat/completions', using(500));
    expect(await ask()).toMatchObject({ engine: 'openai:tiny', degraded: false });
    expect(await used()).toBe(500);
    await parley.publish(meeting.ended(), meeting.completed());
    await parley.hear('summary.updated', meeting.id);
    expect(await used()).toBe(1_000);
  });

  it('spent, every use of the model is made without it and says so', async () => {
    model.on('POST /v1/chat/completions', using(LIMIT));
    await ask();
    const before = model.asked.length;
    expect(await ask()).toMatchObject({
      answer: LAUNCH,
      engine: 'extractive-1',
      degraded: true,
      degradedBecause: 'budget-spent',
    });
    await parley.publish(meeting.says(WISH, { intent: 'request' }));
    await parley.publish(meeting.ended(), meeting.completed());
    const [created] = await parley.hear('suggestion.created', meeting.id);
    expect(created?.data.suggestion).toMatchObject({ engine: 'parley-rules-1', degraded: true });
    expect(created?.data.suggestion.reasons.join(' ')).toContain('tokens');
    const [summed] = await parley.hear('summary.updated', meeting.id);
    expect(summed?.data.summary).toMatchObject({
      engine: 'extractive-1',
      degraded: true,
      degradedBecause: 'budget-spent',
    });
    expect(model.asked).toHaveLength(before);
    const metrics = await (await fetch(`${parley.url}/metrics`)).text();
    expect(metrics).toMatch(/^agent_model_budgets_spent_total 1$/m);
    expect(metrics).toMatch(/agent_model_fallbacks_total\{.*reason="budget-spent"\} 3/);
  });

  it('are shared equally by the meetings of one question, and all of them must have some left', async () => {
    const other = new SpokenMeeting();
    await parley.publish(other.started(), other.says('The venue is in Lisbon.'));
    model.on('POST /v1/chat/completions', using(3_000));
    await ask([meeting.id, other.id, meeting.id]);
    expect(await used()).toBe(1_500);
    await ask([other.id]);
    const refused = await ask([meeting.id, other.id]);
    expect(refused).toMatchObject({ degradedBecause: 'budget-spent' });
    expect(await used()).toBe(1_500);
  });

  it('are not taken by an endpoint that refuses', async () => {
    model.on('POST /v1/chat/completions', () => ({ status: 400, body: { error: {} } }));
    expect(await ask()).toMatchObject({ degradedBecause: 'model-failed' });
    expect(await used()).toBe(0);
  });

  it('are estimated when the endpoint does not say', async () => {
    model.on('POST /v1/chat/completions', () => streamedText('The launch is on Tuesday. [1]\n'));
    await ask();
    expect(await used()).toBeGreaterThan(100);
    expect(await used()).toBeLessThan(600);
  });

  it('cannot be promised twice to requests at the same time', async () => {
    const budget = parley.get(ModelBudget);
    const asked = Array.from({ length: 20 }, () => budget.reserve([meeting.id], 1_000));
    const granted = (await Promise.all(asked)).filter((one) => one !== null);
    expect(granted).toHaveLength(Math.floor(LIMIT / 1_000));
  });

  it('are forgotten with the meeting', async () => {
    model.on('POST /v1/chat/completions', using(500));
    await ask();
    await parley.publish(
      makeEvent(
        'meeting.erased',
        { erasedAt: new Date().toISOString() },
        { meetingId: meeting.id },
      ),
    );
    expect(await used()).toBe(0);
  });
});
