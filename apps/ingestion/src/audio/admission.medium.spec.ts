import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { createParleyClient, ParleyProblem, type ParleyClient } from '@parley/client';
import { provideSettings } from '@parley/config';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { WebSocket } from 'ws';
import { IngestionModule } from '../ingestion.module';

// Real: the service and its audio socket, the client, Postgres. asr is an HTTP server that says what the test wants.
describe('admission of audio', () => {
  let database: TestDatabase;
  let service: RunningService;
  let client: ParleyClient;
  let asr: Server;
  let answer: { status: number; body: unknown };

  beforeAll(async () => {
    asr = createServer((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    }).listen(0, '127.0.0.1');
    await once(asr, 'listening');
    database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      ASR_URL: `http://127.0.0.1:${(asr.address() as AddressInfo).port}`,
    });
    enableEmbeddedBus();
    service = await createService(IngestionModule, 'ingestion', { port: 0 });
    client = createParleyClient({
      baseUrls: { ingestion: service.url },
      openSocket: (url) => new WebSocket(url),
    });
  }, 60_000);

  afterAll(async () => {
    await service.close();
    asr.close();
    await disableEmbeddedBus();
    await database.stop();
  });

  function places(meetings: number, waiting: number, capacity: number): void {
    const items = [{ kind: 'speech', name: 'moonshine-tiny', languages: ['en'] }];
    answer = { status: 200, body: { items, listening: { meetings, waiting, capacity } } };
  }

  async function newMeeting(): Promise<string> {
    places(0, 0, 10);
    const { data } = await client.ingestion.POST('/v1/meetings', { body: { title: 'Review' } });
    if (!data) throw new Error('no meeting was made');
    return data.id;
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
