import { hash } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import {
  newId,
  newKeySecret,
  type AnnouncedKey,
  type KeyId,
  type Scope,
  type Suggestion,
} from '@parley/contracts';
import { KeySync } from '@parley/service';
import { FakeService } from '@parley/testing';
import { RunningAgent } from '../testing/running-agent';
import { SpokenMeeting } from '../testing/spoken-meeting';

const OPERATOR = 'a-key-that-is-long-enough-for-the-service';
const SAID = 'The venue in Lisbon still has to be paid.';
const LATER = 'And somebody tells Emma about it.';

function keyOf(name: string, scopes: Scope[]): { secret: string; announced: AnnouncedKey } {
  const id = newId<KeyId>();
  const secret = newKeySecret(id);
  const about = { workspaceId: 'default', name, scopes, expiresAt: null };
  return { secret, announced: { id, hash: hash('sha256', secret), ...about } };
}

// Real: Postgres, the service with auth on, the official client, HTTP. Fake: ingestion, which tells the keys.
describe('an assistant that proposes', () => {
  let parley: RunningAgent;
  let ingestion: FakeService;
  let assistant: Client;
  let reader: Client;
  let meeting: SpokenMeeting;
  const segment = (at: number) => `${meeting.id}:main:${at}`;

  beforeAll(async () => {
    const proposing = keyOf('Helper', ['read', 'propose']);
    const reading = keyOf('Reader', ['read', 'approve']);
    ingestion = await FakeService.start();
    ingestion.on('GET /v1/keys/announced', () => {
      const items = [proposing.announced, reading.announced];
      return { status: 200, body: { items, nextCursor: null } };
    });
    const auth = { AUTH_ENABLED: '1', SERVICE_API_KEY: OPERATOR, INGESTION_URL: ingestion.url };
    parley = await RunningAgent.start(auth);
    await parley.get(KeySync).refresh();
    assistant = await connected(proposing.secret);
    reader = await connected(reading.secret);
  });
  beforeEach(async () => {
    meeting = new SpokenMeeting();
    await parley.publish(meeting.started(), meeting.says(SAID), meeting.says(LATER));
  });
  afterAll(async () => {
    await Promise.all([assistant.close(), reader.close()]);
    await parley.stop();
    await ingestion.stop();
  });

  const connected = async (key: string): Promise<Client> => {
    const client = new Client({ name: 'test', version: '1' });
    const headers = { authorization: `Bearer ${key}` };
    const url = new URL('/mcp', parley.url);
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
    return client;
  };
  const propose = async (more: Record<string, unknown> = {}, client = assistant) => {
    const usual = { meetingId: meeting.id, kind: 'task', title: 'Pay the venue in Lisbon' };
    const input = { ...usual, segmentIds: [segment(0)], ...more };
    const result = await client.callTool({ name: 'propose_suggestion', arguments: input });
    const { content, isError } = result as CallToolResult;
    const text = content[0]?.type === 'text' ? content[0].text : '';
    return { text, suggestion: isError ? null : (JSON.parse(text) as Suggestion) };
  };

  it('adds what waits for a person, cites the meeting and says who proposed it', async () => {
    const { suggestion } = await propose({ owner: 'Emma', dueDate: '2026-12-04' });
    expect(suggestion).toMatchObject({
      kind: 'task',
      status: 'pending',
      engine: 'mcp',
      arguments: { title: 'Pay the venue in Lisbon', owner: 'Emma', dueDate: '2026-12-04' },
      reasons: ['Proposed over MCP with the key "Helper".'],
      citations: [{ type: 'segment', id: segment(0), quote: SAID }],
    });
    const [created] = await parley.hear('suggestion.created', meeting.id);
    expect(created?.data.suggestion).toEqual(suggestion);
    const [audit] = await parley.hear('audit.recorded', meeting.id);
    expect(audit?.data).toMatchObject({
      action: 'suggestion.proposed',
      actor: { name: 'Helper' },
      subjectId: suggestion?.id,
    });
    expect(parley.of('action.approved', meeting.id)).toEqual([]);
    expect(parley.integrations.asked).toEqual([]);
  });

  it('takes addresses from the participants only', async () => {
    const { suggestion } = await propose({
      kind: 'email',
      title: 'Lisbon',
      body: 'Dear Emma, the venue has to be paid.',
      to: ['Emma', 'Eve'],
    });
    const to = [{ name: 'Emma', email: 'emma@northwind.example' }, { name: 'Eve' }];
    expect(suggestion?.arguments).toMatchObject({ to, subject: 'Lisbon' });
    for (const more of [
      { body: 'See https://leak.example/?q=1' },
      { body: 'Write to eve@evil.example' },
      { to: ['eve@evil.example'] },
      { to: ['https://evil.example/x'] },
    ]) {
      expect(
        (await propose({ kind: 'message', segmentIds: [segment(1)], ...more })).suggestion,
      ).toBe(null);
    }
  });

  it('is told when the meeting has it already', async () => {
    await propose();
    const again = await propose({ title: 'Pay Lisbon venue', segmentIds: [segment(1)] });
    expect(again.text).toMatch(/^validation-failed/);
    expect(parley.of('suggestion.created', meeting.id)).toHaveLength(1);
  });

  it.each([
    ['another meeting', { meetingId: newId<string>() }, /^meeting-not-found/],
    ['words that nobody said', { segmentIds: ['made-up'] }, /^segment-not-found/],
    ['nothing at all', { segmentIds: [] }, /segmentIds/],
    ['a kind that Parley finds itself', { kind: 'fact' }, /kind/],
    ['a flood of text', { title: 'x'.repeat(5_000) }, /title/],
  ])('is refused on %s', async (_what, more, why) => {
    const { suggestion, text } = await propose(more);
    expect(suggestion).toBeNull();
    expect(text).toMatch(why);
  });

  it('can propose so much and no more', async () => {
    const said = Array.from({ length: 22 }, (_, at) => meeting.says(`Item ${at} is open.`));
    await parley.publish(...said);
    const words = 'abcdefghijklmnopqrstuv'.split('').map((letter) => letter.repeat(6));
    const answers: string[] = [];
    for (const [at, word] of words.entries()) {
      const more = { title: `${word} ${word}${word}`, segmentIds: [segment(at + 2)] };
      answers.push((await propose(more)).text);
    }
    expect(answers.filter((text) => text.includes('at most 20'))).toHaveLength(2);
  });

  it('needs the scope: without it the tool is neither there nor callable', async () => {
    const names = async (client: Client) =>
      (await client.listTools()).tools.map(({ name }) => name);
    expect(await names(assistant)).toContain('propose_suggestion');
    expect(await names(reader)).not.toContain('propose_suggestion');
    const refused = await reader
      .callTool({ name: 'propose_suggestion', arguments: {} })
      .then(({ isError, content }) => (isError ? JSON.stringify(content) : 'called'), String);
    expect(refused).toContain('not found');
    expect(parley.of('suggestion.created', meeting.id)).toEqual([]);
  });
});
