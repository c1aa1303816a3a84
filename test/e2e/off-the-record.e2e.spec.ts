import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BYTES_PER_MS } from '@parley/audio';
import { unwrap, type AudioSender } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { eventually } from '../harness/eventually';
import { CANARY, ParleyWithStores } from './parley-with-stores';
import type { RunningParley } from './running-parley';

const MINUTES = 60_000;
const HEADER_BYTES = 44;
/** In the recording: "And so my fellow Americans", a pause, "ask not what your country can do for you …". */
const ON_THE_RECORD_MS = 2_900;
const SAID_ON = 'americans';
const SAID_OFF = 'country';

// Real: the built system in a process of its own, its models, Postgres, Redis and files; the meeting keeps its audio.
describe('what is said off the record', () => {
  let running: ParleyWithStores;
  let parley: RunningParley;
  let params: { path: { id: string } };

  beforeAll(async () => {
    running = await ParleyWithStores.start();
    ({ parley } = running);
  }, 3 * MINUTES);

  afterAll(async () => {
    await running.stop();
  }, MINUTES);

  it(
    'is withheld from a meeting that goes on around it',
    async () => {
      const { client } = parley;
      const body = { title: 'Talk', keepAudio: true };
      const meeting = await unwrap(client.ingestion.POST('/v1/meetings', { body }));
      params = { path: { id: meeting.id } };
      const pcm = recorded();
      const cut = ON_THE_RECORD_MS * BYTES_PER_MS;
      const sender = await client.sendAudio(meeting.id, { channel: 'main' });
      await say(sender, pcm.subarray(0, cut));
      await change('off-the-record');
      await say(sender, pcm.subarray(cut));
      const planted = await client.sendAudio(meeting.id, { channel: 'canary' });
      await say(planted, Buffer.from(CANARY.padEnd(32, ' ').repeat(1_000)));
      await planted.stop();
      await change('transcript');
      await say(sender, Buffer.alloc(1_000 * BYTES_PER_MS));
      await sender.stop();
      await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params }));
      for await (const { type, data } of client.subscribe(meeting.id)) {
        if (type === 'summary' && data.status === 'final') break;
      }
      const offMs = pcm.length / BYTES_PER_MS - ON_THE_RECORD_MS;
      const coverage = await unwrap(client.ingestion.GET('/v1/meetings/{id}/coverage', { params }));
      expect(coverage).toMatchObject({ withheldMs: offMs + 1_000, lostMs: 0, pendingMs: 0 });
    },
    4 * MINUTES,
  );

  it(
    'stands in no table, key, file or log, where what was said before it does',
    async () => {
      expect(await running.traces(SAID_ON)).toContain('table asr.segments');
      expect(await running.traces(SAID_OFF, CANARY)).toEqual([]);
      const log = parley.output().toLowerCase();
      expect([log.includes(SAID_OFF), log.includes(CANARY)]).toEqual([false, false]);
    },
    MINUTES,
  );

  it('is silent where the audio is heard again', async () => {
    const { response, data } = await parley.client.ingestion.GET('/v1/meetings/{id}/recording', {
      params: { ...params, query: { channel: 'main' } },
      parseAs: 'arrayBuffer',
    });
    expect(response.status).toBe(200);
    const samples = Buffer.from(data as unknown as ArrayBuffer).subarray(HEADER_BYTES);
    const cut = ON_THE_RECORD_MS * BYTES_PER_MS;
    expect(samples.subarray(0, cut).some((byte) => byte !== 0)).toBe(true);
    expect(samples.subarray(cut).some((byte) => byte !== 0)).toBe(false);
  });

  function change(privacyMode: 'transcript' | 'off-the-record') {
    const body = { privacyMode };
    return unwrap(parley.client.ingestion.PATCH('/v1/meetings/{id}', { params, body }));
  }
});

/** Whole milliseconds: less than one waits for what comes after it. */
function recorded(): Buffer {
  const wav = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav'));
  const pcm = wav.subarray(HEADER_BYTES);
  return pcm.subarray(0, pcm.length - (pcm.length % BYTES_PER_MS));
}

/** Resolves once it is durable, or withheld for good. */
async function say(sender: AudioSender, pcm: Buffer): Promise<void> {
  const untilMs = sender.durableMs + Math.floor(pcm.length / BYTES_PER_MS);
  await sender.send(pcm);
  await eventually('what was sent is not durable', MINUTES, () => sender.durableMs >= untilMs);
}
