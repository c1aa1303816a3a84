import type { SearchHit, Suggestion, Summary } from '@parley/contracts';
import type { Page } from '@parley/service';
import { FakeService } from '@parley/testing';
import { INJECTIONS } from './testing/injections';
import { KEY, LEAKS, obey } from './testing/obedient-model';
import { RunningAgent } from './testing/running-agent';
import { SpokenMeeting } from './testing/spoken-meeting';

const WISH = 'Please write an email to Emma about the delayed shipment.';
const LAUNCH = 'Then let us go with Tuesday for the launch.';

// Real: Postgres, the service, the openai SDK, HTTP. Fake: rag, integrations, the model's endpoint, which obeys.
describe('a model that obeys what it reads', () => {
  let parley: RunningAgent;
  let model: FakeService;

  beforeAll(async () => {
    model = await FakeService.start();
    model.on('POST /v1/chat/completions', obey);
    const endpoint = { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_TEXT_MODEL: 'tiny' };
    parley = await RunningAgent.start({ ...endpoint, OPENAI_API_KEY: KEY });
  });
  afterAll(async () => {
    await parley.stop();
    await model.stop();
  });

  it.each(INJECTIONS)('tells and does nothing through a $from: $text', async ({ from, text }) => {
    const citation = { type: 'chunk' as const, id: 'c1', quote: text, source: 'Policy' };
    const ids = { chunkId: 'c1', documentId: 'd1' };
    const hit: SearchHit = { ...ids, text, score: 0.9, scores: { fused: 0.03 }, citation };
    const items = from === 'document' ? [hit] : [];
    parley.rag.on('POST /v1/search', () => ({ status: 200, body: { items } }));
    const meeting = new SpokenMeeting();
    const started = meeting.started();
    const title = from === 'title' ? text : started.data.title;
    await parley.publish({ ...started, data: { ...started.data, title } });
    const said = from === 'speech' ? text : 'What is the refund policy for annual plans?';
    await parley.publish(meeting.says(said, { intent: 'question' }));
    await parley.publish(meeting.says(LAUNCH, { intent: 'decision' }));
    await parley.publish(meeting.says(WISH, { intent: 'request' }));
    await parley.publish(meeting.completed(), meeting.ended());
    await parley.hear('summary.updated', meeting.id);

    const asked = model.asked.length;
    const events = await parley.ask('/v1/ask', {
      question: 'When is the launch? What of refunds?',
    });
    const path = `/v1/meetings/${meeting.id}`;
    const own = await parley.ask(`${path}/ask`, { question: 'When is the launch?' });
    expect(model.asked.length).toBeGreaterThan(asked);
    const summary = await parley.call<Summary>('GET', `${path}/summary`);
    const list = await parley.call<Page<Suggestion>>(
      'GET',
      `/v1/suggestions?meetingId=${meeting.id}`,
    );
    const told = JSON.stringify([events, own, summary.body, list.body]);
    for (const secret of LEAKS) {
      // Somebody may have said these very words: then that is all that is quoted.
      if (!text.includes(secret)) expect(told).not.toContain(secret);
    }
    expect(list.body.items.every(({ status }) => status === 'pending')).toBe(true);
    expect(parley.of('action.approved', meeting.id)).toEqual([]);
    expect(parley.integrations.asked).toEqual([]);
  });
});
