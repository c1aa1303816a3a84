import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Broadcast } from '@parley/bus';
import { PROJECT_ROOT } from '@parley/config';
import { newId } from '@parley/contracts';
import { DataSource } from 'typeorm';
import { RunningAsr } from './testing/running-asr';

const CANARIES = ['heron.doe@example.com', '4155550132', '4111 1111', 'heron at example'];
const NAMES = ['sanjay', 'qwenthe'];
const SAID =
  'As Sanjay and Qwenthe said: write to heron.doe@example.com or heron at example dot com, call 4155550132, and pay with 4111 1111 1111 1111.';
const KEPT =
  'As Sanjay and Qwenthe said: write to [email] or [email], call [phone], and pay with [card].';
const NAMELESS = KEPT.replace('Sanjay', '[name]').replace('Qwenthe', '[name]');
const jfk = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78);

/** An OpenAI-compatible server that hears the same in everything. */
async function startEndpoint(): Promise<Server> {
  const words = SAID.split(' ').map((word, at) => ({ word, start: at / 10, end: at / 10 + 0.1 }));
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ text: SAID, words }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

// Real: voice activity, the openai SDK, HTTP, Postgres, the service. Fake: what the endpoint hears. In memory: the bus.
describe('a meeting whose personal data is taken out', () => {
  let endpoint: Server;
  let asr: RunningAsr;
  const partials: string[] = [];

  beforeAll(async () => {
    endpoint = await startEndpoint();
    const { port } = endpoint.address() as AddressInfo;
    asr = await RunningAsr.start({
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_SPEECH_MODEL: 'whisper-1',
    });
    await asr.app.get(Broadcast).subscribe('segment.partial', (partial) => {
      partials.push(JSON.stringify(partial));
    });
  }, 60_000);
  afterAll(async () => {
    await asr.stop();
    endpoint.closeAllConnections();
    await new Promise((resolve) => endpoint.close(resolve));
  });

  const hold = async (redactPersonalData?: boolean, redactNames?: boolean): Promise<string> => {
    const meetingId = newId<string>();
    const more = {
      ...(redactPersonalData === undefined ? {} : { redactPersonalData }),
      ...(redactNames === undefined ? {} : { redactNames }),
    };
    await asr.announce(meetingId, 'main', 'en', { id: 'p1', name: 'John' }, more);
    await asr.end(meetingId, 'main', await asr.send(meetingId, 'main', jfk));
    return meetingId;
  };
  const corrected = async (
    meetingId: string,
    text = 'It is heron.doe@example.com.',
  ): Promise<unknown> => {
    const [segment] = asr.finals(meetingId);
    const path = `${asr.url}/v1/meetings/${meetingId}/transcript/${segment?.id ?? ''}`;
    const answer = await fetch(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    return answer.json();
  };
  const keptOf = async (meetingId: string): Promise<string> => {
    const rows = await asr.app.get(DataSource).query<object[]>(
      `SELECT row_to_json(s)::text AS t FROM asr.segments s WHERE meeting_id = $1
       UNION ALL SELECT envelope::text FROM asr.outbox WHERE envelope->>'meetingId' = $1::text`,
      [meetingId],
    );
    return JSON.stringify([rows, asr.of(meetingId), partials]).toLowerCase();
  };

  it('has it in no row, no event and no provisional text', async () => {
    const meetingId = await hold(true);
    const finals = asr.finals(meetingId);
    expect(finals.length).toBeGreaterThan(0);
    expect(finals.map(({ text }) => text)).toEqual(finals.map(() => KEPT));
    expect(finals[0]?.words?.map(({ text }) => text).join(' ')).toContain('[email]');
    const kept = await keptOf(meetingId);
    for (const canary of CANARIES) expect(kept).not.toContain(canary);
  });

  it('has names in none of them, either, where that is wanted as well', async () => {
    partials.length = 0;
    const meetingId = await hold(true, true);
    const finals = asr.finals(meetingId);
    expect(finals.map(({ text }) => text)).toEqual(finals.map(() => NAMELESS));
    expect(partials.length).toBeGreaterThan(0);
    const kept = await keptOf(meetingId);
    for (const canary of [...CANARIES, ...NAMES]) expect(kept).not.toContain(canary);
  });

  it('has it not in what a person corrects, either', async () => {
    const meetingId = newId<string>();
    await asr.begin(meetingId, { redactPersonalData: true });
    await asr.announce(
      meetingId,
      'main',
      'en',
      { id: 'p1', name: 'John' },
      { redactPersonalData: true },
    );
    await asr.end(meetingId, 'main', await asr.send(meetingId, 'main', jfk));
    expect(await corrected(meetingId)).toMatchObject({ text: 'It is [email].' });
    expect(await keptOf(meetingId)).not.toContain('heron.doe');
  });

  it('is only taken out where that was asked for', async () => {
    const meetingId = await hold();
    expect(asr.finals(meetingId)[0]?.text).toBe(SAID);
  });

  it('is taken out where nobody said what the meeting is', async () => {
    const meetingId = newId<string>();
    await asr.announce(meetingId, 'other');
    await asr.end(meetingId, 'main', await asr.send(meetingId, 'main', jfk));
    expect(asr.finals(meetingId)[0]?.text).toBe(NAMELESS);
    expect(await corrected(meetingId)).toMatchObject({ text: 'It is [email].' });
    expect(await corrected(meetingId, 'Ask Sanjay.')).toMatchObject({ text: 'Ask [name].' });
  });

  it('keeps its names where a version announced it that knew nothing of them', async () => {
    const meetingId = await hold(false);
    const database = asr.app.get(DataSource);
    await database.query(
      `UPDATE asr.meetings SET redact_personal_data = false, redact_names = NULL WHERE meeting_id = $1`,
      [meetingId],
    );
    expect(await corrected(meetingId, 'Ask Sanjay.')).toMatchObject({ text: 'Ask Sanjay.' });
  });
});
