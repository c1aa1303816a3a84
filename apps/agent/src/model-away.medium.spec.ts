import { steadyClock, type Answer } from '@parley/contracts';
import { completedText, FakeService, streamedText } from '@parley/testing';
import { RunningAgent } from './testing/running-agent';
import { SpokenMeeting } from './testing/spoken-meeting';

const WISH = 'Please write an email to Emma about the delayed shipment.';
const LAUNCH = 'Then let us go with Tuesday for the launch.';
const FIRST_REST_MS = 10_000;

// Real: Postgres, the service, the openai SDK, HTTP. Fake: the model's endpoint, and how long it is left alone.
describe('while the endpoint of the model is away', () => {
  let parley: RunningAgent;
  let model: FakeService;
  let meeting: SpokenMeeting;
  let nowMs = 0;

  beforeAll(async () => {
    jest.spyOn(steadyClock, 'now').mockImplementation(() => nowMs);
    model = await FakeService.start();
    model.on('POST /v1/chat/completions', () => ({ status: 503, body: {} }));
    parley = await RunningAgent.start({
      OPENAI_BASE_URL: `${model.url}/v1`,
      OPENAI_TEXT_MODEL: 'tiny',
      MODEL_TOKENS_PER_MEETING: '60000',
    });
    meeting = new SpokenMeeting();
    await parley.publish(meeting.started(), meeting.says(LAUNCH));
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await parley.stop();
    await model.stop();
  });

  const ask = async (): Promise<Answer> => {
    const asked = { question: 'When is the launch?' };
    return (await parley.ask(`/v1/meetings/${meeting.id}/ask`, asked)).at(-1)?.data as Answer;
  };
  const textOf = async (path: string): Promise<string> =>
    (await fetch(`${parley.url}${path}`)).text();
  const quoted = { answer: LAUNCH, engine: 'extractive-1', degraded: true };

  it('three questions wait for it in vain', async () => {
    for (let time = 0; time < 3; time++) expect(await ask()).toMatchObject(quoted);
    expect(model.asked.length).toBeGreaterThanOrEqual(3);
  });

  it('questions, drafts and summaries are then answered without it at once, and cost no tokens', async () => {
    const before = model.asked.length;
    expect(await ask()).toMatchObject({ ...quoted, degradedBecause: 'model-failed' });
    await parley.publish(meeting.says(WISH, { intent: 'request' }));
    await parley.publish(meeting.ended(), meeting.completed());
    const [created] = await parley.hear('suggestion.created', meeting.id);
    const [summed] = await parley.hear('summary.updated', meeting.id);
    expect(created?.data.suggestion).toMatchObject({ engine: 'parley-rules-1', degraded: true });
    expect(summed?.data.summary).toMatchObject({
      engine: 'extractive-1',
      degraded: true,
      degradedBecause: 'model-failed',
    });
    expect(model.asked).toHaveLength(before);
    const used = 'SELECT tokens FROM agent.model_use WHERE meeting_id = $1';
    expect(await parley.sql(used, [meeting.id])).toEqual([{ tokens: '0' }]);
  });

  it('the operator sees that it is left alone, and why', async () => {
    const { dependencies } = JSON.parse(await textOf('/health')) as {
      dependencies: Record<string, unknown>;
    };
    expect(dependencies.text).toMatchObject({
      status: 'down',
      reason: 'refused',
      resting: 'everybody',
    });
    const metrics = await textOf('/metrics');
    const gauge = 'agent_model_endpoint_resting{engine="openai:tiny",who="everybody"} 1';
    expect(metrics).toContain(gauge);
    expect(metrics).toMatch(/agent_model_fallbacks_total\{.*reason="resting"\} 3/);
  });

  it('one question tries it after the rest, and everybody has it again', async () => {
    model.on('POST /v1/chat/completions', (body) => {
      const { stream } = body as { stream?: boolean };
      return stream ? streamedText('The launch is on Tuesday. [1]\n') : completedText({});
    });
    nowMs = FIRST_REST_MS;
    expect(await ask()).toMatchObject({ engine: 'openai:tiny', degraded: false });
    expect(await ask()).toMatchObject({ engine: 'openai:tiny', degraded: false });
    expect(await textOf('/metrics')).toMatch(/agent_model_endpoint_resting\{.*everybody"\} 0/);
  });
});
