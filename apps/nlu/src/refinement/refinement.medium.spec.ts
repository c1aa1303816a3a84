import type { Insight, MeetingId } from '@parley/contracts';
import { completedText, FakeService, type ArrangedAnswer } from '@parley/testing';
import { erased, final, RunningNlu, spoken } from '../testing/running-nlu';

/** The classifier takes it for a statement, and is not sure. */
const DOUBTFUL = 'Responsible for the first aid kit is Yusuf.';
/** As {@link DOUBTFUL}, and waits for an answer. */
const DOUBTFUL_ASKING = 'Are you the one who sends the report, please.';
const CLEAR = 'The report has twelve pages.';

const answering = (content: object | string, tokens = 20): ArrangedAnswer =>
  completedText(content, { prompt_tokens: tokens - 5, completion_tokens: 5 });

// Real: Postgres, the service, the openai SDK, HTTP. Fake: the model's endpoint.
describe('what the classifier is in doubt about', () => {
  let nlu: RunningNlu;
  let model: FakeService;
  let meetingId: MeetingId;

  beforeAll(async () => {
    model = await FakeService.start();
    nlu = await RunningNlu.start({
      OPENAI_BASE_URL: `${model.url}/v1`,
      OPENAI_TEXT_MODEL: 'tiny',
      // A quarter of it is for doubtful utterances.
      MODEL_TOKENS_PER_MEETING: '16000',
    });
  });
  beforeEach(async () => {
    meetingId = await nlu.newMeeting();
    model.asked.length = 0;
    model.on('POST /v1/chat/completions', () => answering({ intent: 'task', confidence: 0.9 }));
  });
  afterAll(async () => {
    await nlu.stop();
    await model.stop();
  });

  const say = (utterance: number, text: string): Promise<Insight> =>
    nlu.understand(final(meetingId, utterance, text));
  const prompts = (): string[] =>
    model.asked.map(({ body }) => JSON.stringify((body as { messages: unknown }).messages));

  it('is what the model says it is, told what was wanted before', async () => {
    await say(0, CLEAR);
    expect(await say(1, DOUBTFUL)).toMatchObject({
      intent: 'task',
      confidence: 0.9,
      engine: 'openai:tiny',
      degraded: false,
    });
    expect(prompts()).toHaveLength(1);
    expect(prompts()[0]).toContain(`Before: statement\\nUtterance: ${DOUBTFUL}`);
    expect(prompts()[0]).not.toContain(CLEAR);
  });

  it('costs nothing where the classifier is sure, nor when a segment comes again', async () => {
    const segment = final(meetingId, 0, DOUBTFUL);
    await nlu.understand(segment);
    await nlu.publish(spoken(segment));
    await say(1, CLEAR);
    expect(prompts()).toHaveLength(1);
  });

  it('is known to whoever answers it while the model still thinks', async () => {
    let answered: (answer: ArrangedAnswer) => void = () => undefined;
    const asked = new Promise<void>((isAsked) => {
      model.on('POST /v1/chat/completions', () => {
        isAsked();
        return new Promise((resolve) => {
          answered = resolve;
        });
      });
    });
    nlu.told = [];
    const request = nlu.publish(spoken(final(meetingId, 0, DOUBTFUL_ASKING)));
    await asked;
    const yes = { ...final(meetingId, 1, 'Yes, I will.'), channel: 'tom' };
    expect(await nlu.understand(yes)).toMatchObject({ intent: 'task' });
    answered(answering({ intent: 'request', confidence: 0.9 }));
    await request;
    expect(nlu.told.map(({ data }) => data.insight.intent)).toEqual(['task', 'request']);
  });

  it.each([
    ['an intent that there is not', answering({ intent: 'joke', confidence: 1 })],
    ['prose', answering('It is a task.')],
    ['that it is not well', { status: 500, body: {} }],
  ])('stays as it was, degraded, when the model answers %s', async (_, answer) => {
    model.on('POST /v1/chat/completions', () => answer);
    expect(await say(0, DOUBTFUL)).toMatchObject({ engine: 'parley-learnt-2', degraded: true });
  });

  it('stays as it was, degraded, when the model takes longer than people talk about it', async () => {
    model.on('POST /v1/chat/completions', () => new Promise(() => undefined));
    expect(await say(0, DOUBTFUL)).toMatchObject({ engine: 'parley-learnt-2', degraded: true });
    const metrics = await (await fetch(`${nlu.url}/metrics`)).text();
    expect(metrics).toMatch(/nlu_model_fallbacks_total\{.*reason="timeout"\} 1/);
  });

  it('sets aside little for an answer that is short', async () => {
    // Of the 4,000 of this meeting: what was read and what was written.
    model.on('POST /v1/chat/completions', () =>
      answering({ intent: 'task', confidence: 0.9 }, 1_000),
    );
    for (let utterance = 0; utterance < 3; utterance += 1) await say(utterance, DOUBTFUL);
    expect(await say(3, DOUBTFUL)).toMatchObject({ engine: 'openai:tiny', degraded: false });
  });

  it('is not asked about once the tokens of the meeting are spent', async () => {
    const spent = 4_000;
    model.on('POST /v1/chat/completions', () =>
      answering({ intent: 'task', confidence: 0.9 }, spent),
    );
    await say(0, DOUBTFUL);
    expect(await say(1, DOUBTFUL)).toMatchObject({ degraded: true });
    expect(prompts()).toHaveLength(1);
    await nlu.publish(erased(meetingId));
    expect(await nlu.sql('SELECT 1 FROM nlu.model_use WHERE meeting_id = $1', [meetingId])).toEqual(
      [],
    );
  });

  it('comes again when not the model but the database fails, and is decided by the model then', async () => {
    // A sequence counts also what is rolled back.
    await nlu.sql('CREATE SEQUENCE nlu.tries');
    await nlu.sql(`
      CREATE FUNCTION nlu.fail_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('nlu.tries') = 1 THEN RAISE EXCEPTION 'broken'; END IF;
        RETURN NEW;
      END $$`);
    await nlu.sql(
      'CREATE TRIGGER fail_once BEFORE INSERT ON nlu.model_use FOR EACH ROW EXECUTE FUNCTION nlu.fail_once()',
    );
    try {
      expect(await say(0, DOUBTFUL)).toMatchObject({ engine: 'openai:tiny', degraded: false });
      expect(prompts()).toHaveLength(1);
      expect(await nlu.sql('SELECT last_value FROM nlu.tries')).toEqual([{ last_value: '2' }]);
    } finally {
      await nlu.sql('DROP FUNCTION nlu.fail_once CASCADE');
    }
  });

  it('is left alone for a while by an endpoint that keeps failing, which holds up nobody', async () => {
    model.on('POST /v1/chat/completions', () => ({ status: 500, body: {} }));
    for (let utterance = 0; utterance < 6; utterance += 1) await say(utterance, DOUBTFUL);
    const asked = prompts().length;
    expect(await say(6, DOUBTFUL)).toMatchObject({ engine: 'parley-learnt-2', degraded: true });
    expect(prompts()).toHaveLength(asked);
    const metrics = await (await fetch(`${nlu.url}/metrics`)).text();
    expect(metrics).toMatch(/nlu_model_fallbacks_total\{.*reason="resting"\} [1-9]/);
  });
});
