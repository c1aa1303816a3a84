import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ParleyProblem, type ParleyClient } from '@parley/client';
import { RunningFeeds } from '../testing/running-feeds';

// Real: the service and its audio socket, the client, Postgres. asr is an HTTP server that says what the test wants.
describe('admission of audio', () => {
  let running: RunningFeeds;
  let client: ParleyClient;
  let asr: Server;
  let answer: { status: number; body: unknown };

  beforeAll(async () => {
    asr = createServer((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    }).listen(0, '127.0.0.1');
    await once(asr, 'listening');
    const { port } = asr.address() as AddressInfo;
    running = await RunningFeeds.start({ ASR_URL: `http://127.0.0.1:${port}` });
    ({ client } = running);
  }, 60_000);

  afterAll(async () => {
    await running.stop();
    asr.close();
  });

  function places(meetings: number, waiting: number, capacity: number): void {
    const items = [{ kind: 'speech', name: 'moonshine-tiny', languages: ['en'] }];
    answer = { status: 200, body: { items, listening: { meetings, waiting, capacity } } };
  }

  function newMeeting(): Promise<string> {
    places(0, 0, 10);
    return running.newMeeting();
  }

  async function letIn(meetingId: string, channel = 'main'): Promise<void> {
    const sender = await client.sendAudio(meetingId, { channel });
    await sender.stop();
  }

  it('refuses the first audio of a meeting when all places are taken, with the numbers', async () => {
    const id = await newMeeting();
    places(19, 1, 20);
    const refusal = await client.sendAudio(id).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ParleyProblem);
    expect(refusal).toMatchObject({ status: 503, code: 'at-capacity' });
    expect((refusal as ParleyProblem).message).toContain('19 meetings');
    expect((refusal as ParleyProblem).message).toContain('(20)');
    places(19, 0, 20);
    await letIn(id);
  });

  it('lets in what belongs to a meeting that is in already: more channels, and who comes back', async () => {
    const id = await newMeeting();
    const sender = await client.sendAudio(id);
    sender.cut();
    places(20, 0, 20);
    await letIn(id, 'another');
  });

  it.each([
    ['does not know', { status: 500, body: {} }],
    ['answers nonsense', { status: 200, body: { listening: 'many' } }],
  ])('lets everybody in while asr %s: what is said is kept until it listens', async (_, said) => {
    const id = await newMeeting();
    answer = said;
    await letIn(id);
  });
});
