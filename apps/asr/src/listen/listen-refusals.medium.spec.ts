import { WebSocket } from 'ws';
import { LISTEN_KEY, listenUrl, openListening, startListening } from '../testing/listening-socket';
import type { RunningAsr } from '../testing/running-asr';

// Real: the service, its sockets, its models. Nothing is fake.
describe('WS /v1/listen, to whom it does not listen', () => {
  let running: RunningAsr;

  beforeAll(async () => {
    running = await startListening();
  }, 60_000);

  afterAll(async () => {
    await running.stop();
  });

  it.each([
    ['raw samples without a rate', '?encoding=linear16', 'sample_rate: is needed'],
    ['what it cannot decode', '?encoding=opus&sample_rate=48000', 'encoding: is one of'],
    ['a rate that is none', '?encoding=linear16&sample_rate=fast', 'sample_rate'],
    ['a language without an engine', '?encoding=linear16&sample_rate=16000&language=fr', 'for: en'],
  ])('refuses %s before the upgrade, and says why', async (_what, query, sentence) => {
    const { status, body } = await refusal(query);
    expect([400, 422]).toContain(status);
    expect(body).toContain(sentence);
  });

  it('refuses a stranger, and takes the key in any of the forms of Deepgram', async () => {
    const query = '?encoding=linear16&sample_rate=16000';
    expect((await refusal(query, { authorization: 'Token guessed' })).status).toBe(401);
    expect((await refusal(query, {})).status).toBe(401);
    const browser = new WebSocket(listenUrl(running, query), ['token', LISTEN_KEY]);
    await new Promise((resolve, reject) => browser.once('open', resolve).once('error', reject));
    expect(browser.protocol).toBe('token');
    browser.close();
    await new Promise((resolve) => browser.once('close', resolve));
  });

  it('takes the place of a meeting: who comes when all are taken is refused with the numbers', async () => {
    const query = '?encoding=linear16&sample_rate=16000';
    const all = await Promise.all([
      openListening(running, query),
      openListening(running, query),
      openListening(running, query),
    ]);
    const { status, body } = await refusal(query);
    expect([status, body]).toEqual([503, expect.stringContaining('3 of 3') as string]);
    const closed = all.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of all) socket.close();
    await Promise.all(closed);
    (await openListening(running, query)).close();
  });

  it('ends with what is no word of its own, and with what is too large', async () => {
    const socket = await openListening(running, '?encoding=linear16&sample_rate=16000');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send('{"type":"Sing"}');
    expect(await closed).toBe(1008);
    const other = await openListening(running, '?encoding=linear16&sample_rate=16000');
    const cut = new Promise((resolve) => other.once('close', resolve));
    other.send(Buffer.alloc(1_000_001));
    expect(await cut).toBe(1009);
  });

  async function refusal(
    query: string,
    headers: Record<string, string> = { authorization: `Token ${LISTEN_KEY}` },
  ): Promise<{ status: number; body: string }> {
    const socket = new WebSocket(listenUrl(running, query), { headers });
    return new Promise((resolve, reject) => {
      socket.once('open', () => {
        reject(new Error('it was let in'));
      });
      socket.once('error', () => undefined);
      socket.once('unexpected-response', (_request, response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() });
        });
      });
    });
  }
});
