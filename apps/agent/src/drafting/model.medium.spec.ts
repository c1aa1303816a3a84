import { completedText, FakeService, problem, type ArrangedAnswer } from '@parley/testing';
import { RunningAgent } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';

const WISH = 'Please write an email to Emma about the delayed shipment.';

// Real: the whole service, embedded Postgres, the openai SDK. Fake: the model's endpoint, over HTTP.
describe('with a language model', () => {
  let parley: RunningAgent;
  let model: FakeService;
  let meeting: SpokenMeeting;

  beforeAll(async () => {
    model = await FakeService.start();
    const settings = { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_TEXT_MODEL: 'tiny' };
    parley = await RunningAgent.start(settings);
  });
  afterAll(async () => {
    await parley.stop();
    await model.stop();
  });

  const answer = (reply: (name: string) => ArrangedAnswer) => {
    model.on('POST /v1/chat/completions', (body) => {
      const request = body as { response_format: { json_schema: { name: string } } };
      return reply(request.response_format.json_schema.name);
    });
  };
  const hold = async () => {
    meeting = new SpokenMeeting();
    await parley.publish(meeting.started());
    await parley.publish(meeting.says(WISH, { intent: 'request' }));
    await parley.publish(meeting.ended(), meeting.completed());
    const [created] = await parley.hear('suggestion.created', meeting.id);
    const [summed] = await parley.hear('summary.updated', meeting.id);
    return { email: created?.data.suggestion, summary: summed?.data.summary };
  };

  it('emails and summaries are in its words, as far as they hold', async () => {
    const body = 'Dear Emma, please note the delayed shipment.';
    const line = { text: 'The shipment is delayed', segments: [1], owner: null, dueDate: null };
    answer((name) =>
      name === 'meeting_summary'
        ? completedText({ lines: [{ section: 'keyPoints', ...line }] })
        : completedText({ subject: 'Delayed shipment', body }),
    );
    const { email, summary } = await hold();
    expect(email).toMatchObject({
      kind: 'email',
      engine: 'openai:tiny',
      degraded: false,
      arguments: { to: [{ email: 'emma@northwind.example' }], body },
    });
    expect(summary).toMatchObject({
      engine: 'openai:tiny',
      degraded: false,
      sections: { keyPoints: [{ text: line.text, supported: true }], tasks: [] },
    });
  });

  it('they fall back to the spoken words, and say so, when it fails', async () => {
    answer(() => problem('validation-failed', 'no such model'));
    const { email, summary } = await hold();
    expect(email).toMatchObject({
      engine: 'parley-rules-1',
      degraded: true,
      arguments: { body: WISH },
    });
    expect(summary).toMatchObject({ engine: 'extractive-1', degraded: true });
  });
});
