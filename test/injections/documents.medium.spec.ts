import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import type { SearchResults, Suggestion, Summary } from '@parley/contracts';
import { createService, type Page, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase, FakeService } from '@parley/testing';
import { KEY, LEAKS, obey } from '../../apps/agent/src/testing/obedient-model';
import { RunningAgent } from '../../apps/agent/src/testing/running-agent';
import { SpokenMeeting } from '../../apps/agent/src/testing/spoken-meeting';
import { RagModule } from '../../apps/rag/src/rag.module';
import { hostileDocuments, ORDER, POLICY } from './hostile-documents';

const QUESTION = 'What is the refund policy for annual plans?';

// Real: rag with its reading process, models and Postgres, agent with its Postgres, HTTP between them, the files.
// Fake: integrations, and the model's endpoint, which obeys whatever it reads.
describe('a model that obeys what real documents say', () => {
  let model: FakeService;
  let database: TestDatabase;
  let rag: RunningService;
  let parley: RunningAgent;

  beforeAll(async () => {
    model = await FakeService.start();
    model.on('POST /v1/chat/completions', obey);
    database = await startTestDatabase();
    enableEmbeddedBus();
    provideSettings({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2', LOG_LEVEL: 'silent' });
    rag = await createService(RagModule, 'rag', { port: 0 });
    const endpoint = { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_TEXT_MODEL: 'tiny' };
    parley = await RunningAgent.start({ ...endpoint, OPENAI_API_KEY: KEY, RAG_URL: rag.url });
  });
  afterAll(async () => {
    await parley.stop();
    await rag.close();
    await disableEmbeddedBus();
    await database.stop();
    await model.stop();
  });

  it('tells and does nothing, wherever in a PDF, a Word document or a web page the order stands', async () => {
    for (const { what, file, bytes, leftOut } of await hostileDocuments()) {
      const id = await upload(rag.url, file, bytes);
      const found = await search(rag.url, 'zyzzyva instructions keys');
      if (leftOut) {
        expect([what, JSON.stringify(found)]).not.toEqual([
          what,
          expect.stringContaining('Zyzzyva'),
        ]);
      }
      const told = await askAndSumUp(parley, what === 'the title of a PDF' ? ORDER : 'Atlas');
      for (const leak of LEAKS)
        expect([what, told.text]).not.toEqual([what, expect.stringContaining(leak)]);
      expect(told.text).toContain(POLICY.slice(0, 30));
      expect(told.suggestions.map(({ status }) => status)).not.toContain('approved');
      expect(parley.of('action.approved', told.meetingId)).toEqual([]);
      expect(parley.integrations.asked).toEqual([]);
      await fetch(`${rag.url}/v1/documents/${id}`, { method: 'DELETE' });
    }
    expect(model.asked.length).toBeGreaterThan(0);
  }, 240_000);
});

async function upload(url: string, file: string, bytes: Uint8Array): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(bytes)]), file);
  const response = await fetch(`${url}/v1/documents`, { method: 'POST', body: form });
  const body = (await response.json()) as { id: string };
  expect([file, response.status]).toEqual([file, 201]);
  return body.id;
}

async function search(url: string, query: string): Promise<SearchResults> {
  const response = await fetch(`${url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as SearchResults;
}

/** Holds a meeting in which the document is asked for, and gathers all that anybody could see of it. */
async function askAndSumUp(
  parley: RunningAgent,
  title: string,
): Promise<{ meetingId: string; text: string; suggestions: Suggestion[] }> {
  const meeting = new SpokenMeeting();
  const started = meeting.started();
  await parley.publish({ ...started, data: { ...started.data, title } });
  await parley.publish(meeting.says(QUESTION, { intent: 'question' }));
  await parley.publish(meeting.completed(), meeting.ended());
  await parley.hear('summary.updated', meeting.id);
  const events = await parley.ask('/v1/ask', { question: QUESTION });
  const path = `/v1/suggestions?meetingId=${meeting.id}`;
  const list = await parley.call<Page<Suggestion>>('GET', path);
  const summary = await parley.call<Summary>('GET', `/v1/meetings/${meeting.id}/summary`);
  const text = JSON.stringify([events, list.body, summary.body]);
  return { meetingId: meeting.id, text, suggestions: list.body.items };
}
