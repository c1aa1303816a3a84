import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { problem } from '@parley/testing';
import { RunningAgent } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';

const KEY = 'a-key-that-is-long-enough-for-the-service';
const LAUNCH = 'Then let us go with Tuesday for the launch.';

// Real: Postgres, the service with auth on, the official client, HTTP. Fake: rag.
describe('the Model Context Protocol', () => {
  let parley: RunningAgent;
  let client: Client;
  const meeting = new SpokenMeeting();

  beforeAll(async () => {
    parley = await RunningAgent.start({ AUTH_ENABLED: '1', SERVICE_API_KEY: KEY });
    await parley.publish(meeting.started(), meeting.says(LAUNCH, { intent: 'decision' }));
    await parley.publish(meeting.ended(), meeting.completed());
    await parley.hear('summary.updated', meeting.id);
    client = await connected(KEY);
  });
  afterAll(async () => {
    await client.close();
    await parley.stop();
  });

  const connected = async (key: string): Promise<Client> => {
    const made = new Client({ name: 'test', version: '1' });
    const headers = { authorization: `Bearer ${key}` };
    const url = new URL('/mcp', parley.url);
    const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
    await made.connect(transport);
    return made;
  };
  const call = async (name: string, input: Record<string, unknown>) => {
    const result = (await client.callTool({ name, arguments: input })) as CallToolResult;
    const [content] = result.content;
    return { isError: result.isError ?? false, text: content?.type === 'text' ? content.text : '' };
  };

  it('offers tools that read, and to the operator one that proposes', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'list_meetings',
      'get_transcript',
      'search',
      'get_summary',
      'list_suggestions',
      'ask',
      'propose_suggestion',
    ]);
    const writing = tools.filter(({ annotations }) => !annotations?.readOnlyHint);
    expect(writing.map(({ name }) => name)).toEqual(['propose_suggestion']);
  });

  it('answers a question with its citations', async () => {
    const { text } = await call('ask', {
      question: 'When is the launch?',
      meetingIds: [meeting.id],
    });
    expect(JSON.parse(text)).toMatchObject({ answer: LAUNCH, found: true });
  });

  it('answers what follows up on an earlier question', async () => {
    const history = [{ question: 'Is there a launch?', answer: 'Yes.' }];
    const { text } = await call('ask', {
      question: 'And when is it?',
      meetingIds: [meeting.id],
      history,
    });
    expect(JSON.parse(text)).toMatchObject({ answer: LAUNCH, found: true });
  });

  it('gives a summary, as a tool and as a resource', async () => {
    const { text } = await call('get_summary', { meetingId: meeting.id });
    expect(JSON.parse(text)).toMatchObject({ meetingId: meeting.id, status: 'final' });
    const uri = `parley://meetings/${meeting.id}/summary`;
    const { contents } = await client.readResource({ uri });
    expect(contents).toEqual([{ uri, mimeType: 'application/json', text }]);
  });

  it('says what went wrong as the problem it is, and nothing of the inside', async () => {
    parley.rag.on('POST /v1/search', () => problem('unavailable', 'postgres://secret'));
    const { isError, text } = await call('search', { query: 'refunds' });
    expect({ isError, text }).toEqual({
      isError: true,
      text: expect.stringMatching(/^upstream/) as string,
    });
    expect(text).not.toContain('secret');
    const unknown = await call('get_summary', { meetingId: new SpokenMeeting().id });
    expect(unknown.text).toMatch(/^not-found/);
  });

  it('lets nobody in without a key', async () => {
    await expect(connected('wrong')).rejects.toThrow();
  });
});
