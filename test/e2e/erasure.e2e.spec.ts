import { verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RedisEventBus } from '@parley/bus';
import { ParleyProblem, unwrap, type Erasure, type TimelineEntry } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import {
  canonicalJson,
  makeEvent,
  segmentId,
  type Envelope,
  type MeetingId,
} from '@parley/contracts';
import { eventually } from '../harness/eventually';
import { Client } from 'pg';
import { holdingsByService } from '../contract/privacy-page';
import { inTables } from '../harness/traces';
import { CANARY, ParleyWithStores } from './parley-with-stores';
import type { RunningParley } from './running-parley';

const MINUTES = 60_000;
/** What the speech engine hears in the recording that is played. */
const SPOKEN = 'country can do';
const HEADER_BYTES = 44;

// Real: the built system in a process of its own, its models, Postgres, Redis and files. Most of it is spoken; the
// sentence that leads to an action is put on the bus as asr would, so that it is heard letter for letter.
describe('a meeting that is erased', () => {
  let running: ParleyWithStores;
  let parley: RunningParley;
  let bus: RedisEventBus;
  let meetingId: MeetingId;
  let planted: Envelope<'transcript.final'>;
  const params = () => ({ path: { id: meetingId } });
  const traces = () => running.traces(CANARY, SPOKEN);

  beforeAll(async () => {
    running = await ParleyWithStores.start();
    ({ parley } = running);
    bus = new RedisEventBus({ url: running.redis.url, name: 'the test' });
  }, 3 * MINUTES);

  afterAll(async () => {
    await bus.close();
    await running.stop();
  }, MINUTES);

  it(
    'leaves its words in many places while it is there',
    async () => {
      const { client } = parley;
      await unwrap(
        client.integrations.POST('/v1/connections', {
          body: { provider: 'file', name: 'Notes', settings: {}, isDefault: true },
        }),
      );
      const meeting = await unwrap(
        client.ingestion.POST('/v1/meetings', {
          body: {
            title: `About the ${CANARY}`,
            keepAudio: true,
            participants: [{ name: 'Maria', email: `maria@${CANARY}.example`, channel: 'main' }],
          },
        }),
      );
      meetingId = meeting.id as MeetingId;
      planted = spoken(meetingId);
      await bus.publish(planted);
      const suggestion = await seen((entry) => entry.type === 'suggestion');
      await unwrap(
        client.agent.POST('/v1/suggestions/{id}/approve', {
          params: { path: { id: (suggestion.data as { id: string }).id } },
          body: {},
        }),
      );
      await seen((entry) => entry.type === 'delivery');
      await speak();
      await soundCanary();
      await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params: params() }));
      await seen(
        ({ type, data }) => type === 'summary' && (data as { status: string }).status === 'final',
      );
      const found = await traces();
      for (const place of [
        'table agent.actions',
        'table agent.lines',
        'table agent.suggestions',
        'table agent.summaries',
        'table asr.segments',
        'table ingestion.meetings',
        'table ingestion.outbox',
        'table ingestion.timeline_entries',
        'table integrations.deliveries',
        'table nlu.outbox',
        'table rag.segments',
        'redis parley:insight',
        'redis parley:transcript',
        'file notes.jsonl',
      ]) {
        expect(found).toContain(place);
      }
      expect(found.filter((place) => place.startsWith('redis parley:idempotency'))).not.toEqual([]);
      expect(found.filter((place) => place.startsWith('blob '))).not.toEqual([]);
    },
    4 * MINUTES,
  );

  it(
    'is gone from every table, key and file within five seconds, and the receipt says so, signed',
    async () => {
      const { client } = parley;
      const startedAt = performance.now();
      const begun = await unwrap(
        client.ingestion.DELETE('/v1/meetings/{id}', { params: params() }),
      );
      await expect(
        unwrap(client.ingestion.GET('/v1/meetings/{id}', { params: params() })),
      ).rejects.toBeInstanceOf(ParleyProblem);
      const erasure = await eventually('the receipt is complete', MINUTES, async () => {
        const now = await receipt(begun.id);
        return now.status === 'complete' ? now : undefined;
      });
      const tookMs = performance.now() - startedAt;
      expect(await traces()).toEqual([]);
      expect(existsSync(join(running.dataDir, 'blobs/recordings', meetingId))).toBe(false);
      expect(parley.output()).not.toContain(CANARY);
      expect(erasure.receipt.services.map(({ service }) => service)).toEqual([
        'agent',
        'asr',
        'ingestion',
        'integrations',
        'nlu',
        'rag',
      ]);
      const counts = new Map(
        erasure.receipt.services.flatMap(({ stores }) =>
          stores.map((one) => [one.store, one.erased]),
        ),
      );
      expect(counts.get('asr.segments')).toBeGreaterThan(0);
      expect(counts.get('recordings')).toBeGreaterThan(0);
      expect(counts.get('integrations.deliveries')).toBe(1);
      expect(counts.get('what file keeps on this machine')).toBe(1);
      expect(signatureHolds(erasure)).toBe(true);
      const [first] = erasure.receipt.services;
      first?.stores.pop();
      expect(signatureHolds(erasure)).toBe(false);
      // On a machine that others use: the promise is five seconds.
      expect(tookMs).toBeLessThan(30_000);
      console.info(`erased everywhere within ${Math.round(tookMs)} ms`);
    },
    2 * MINUTES,
  );

  it('is not found by any service', async () => {
    const { client } = parley;
    const answers = await Promise.all([
      client.ingestion.GET('/v1/meetings/{id}', { params: params() }),
      client.ingestion.GET('/v1/meetings/{id}/coverage', { params: params() }),
      client.ingestion.GET('/v1/meetings/{id}/export', { params: params() }),
      client.asr.GET('/v1/meetings/{id}/transcript', { params: params() }),
      client.nlu.GET('/v1/meetings/{id}/insights', { params: params() }),
      client.agent.GET('/v1/meetings/{id}/summary', { params: params() }),
    ]);
    expect(answers.map(({ response }) => response.status)).toEqual(answers.map(() => 404));
  });

  it('leaves of a delivery that it happened, and nothing of what it was', async () => {
    const { items } = await unwrap(
      parley.client.integrations.GET('/v1/deliveries', { params: { query: { meetingId } } }),
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ status: 'succeeded', provider: 'file', meetingId });
  });

  it('stays erased when its events come late, or again', async () => {
    const after = spoken(meetingId, 7);
    await bus.publish(planted, after);
    await eventually('late events are dealt with', MINUTES, async () => {
      const states = await Promise.all(
        ['ingestion', 'nlu'].map((group) => bus.state(group, ['transcript'])),
      );
      return states.flat().every(({ lag, pending }) => lag + pending === 0) || undefined;
    });
    expect(await inTables([CANARY], running.database.url)).toEqual([]);
    expect(await bus.deadLetters.list('transcript')).toEqual([]);
  });

  it('is erased once, however often that is asked for', async () => {
    const again = await unwrap(
      parley.client.ingestion.DELETE('/v1/meetings/{id}', { params: params() }),
    );
    const { items } = await unwrap(parley.client.ingestion.GET('/v1/erasures'));
    expect(items.map(({ id }) => id)).toEqual([again.id]);
  });

  it('has every table that names meetings in the list that docs/privacy.md is made of', async () => {
    const declared = Object.entries(holdingsByService).flatMap(([service, holdings]) =>
      holdings.map(({ table }) => `${service}.${table}`),
    );
    const { rows } = await query<{ table: string }>(
      `SELECT table_schema || '.' || table_name AS "table" FROM information_schema.columns
       JOIN information_schema.tables USING (table_schema, table_name)
       WHERE column_name = 'meeting_id' AND table_type = 'BASE TABLE' AND table_name NOT IN ('erased_meetings', 'reduced_meetings')`,
    );
    expect(rows.map(({ table }) => table).filter((table) => !declared.includes(table))).toEqual([]);
  });

  async function query<Row extends object>(sql: string): Promise<{ rows: Row[] }> {
    const sqlClient = new Client(running.database.url);
    await sqlClient.connect();
    return sqlClient.query<Row>(sql).finally(() => sqlClient.end());
  }

  async function receipt(id: string): Promise<Erasure> {
    return unwrap(parley.client.ingestion.GET('/v1/erasures/{id}', { params: { path: { id } } }));
  }

  async function seen(wanted: (entry: TimelineEntry) => boolean): Promise<TimelineEntry> {
    for await (const entry of parley.client.subscribe(meetingId)) {
      if (wanted(entry)) return entry;
    }
    throw new Error('the feed ended');
  }

  /** Samples that spell the word: what is looked for in blobs. */
  async function soundCanary(): Promise<void> {
    const sender = await parley.client.sendAudio(meetingId, { channel: 'canary' });
    const word = `${CANARY} `;
    await sender.send(
      Buffer.from(word.repeat(Math.ceil(32_000 / word.length))).subarray(0, 32_000),
    );
    await sender.stop();
    await eventually('the audio is kept', MINUTES, async () => {
      const { channels } = await unwrap(
        parley.client.ingestion.GET('/v1/meetings/{id}/recording/spans', { params: params() }),
      );
      return channels.length === 2 || undefined;
    });
  }

  async function speak(): Promise<void> {
    const pcm = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(HEADER_BYTES);
    const sender = await parley.client.sendAudio(meetingId, { channel: 'main' });
    await sender.send(pcm);
    await sender.stop();
  }
});

function spoken(meetingId: MeetingId, utterance = 900): Envelope<'transcript.final'> {
  const segment = {
    id: segmentId(meetingId, 'planted', utterance),
    meetingId,
    channel: 'planted',
    speaker: null,
    startMs: 0,
    endMs: 4_000,
    text: `Maria will send the ${CANARY} contract to the customer by Friday.`,
    final: true,
    revision: 0,
    engine: 'the test',
    degraded: false,
  };
  return makeEvent('transcript.final', { segment }, { meetingId });
}

function signatureHolds({ receipt, signature }: Erasure): boolean {
  if (!signature) return false;
  const signed = Buffer.from(canonicalJson(receipt));
  return verify(null, signed, signature.publicKey, Buffer.from(signature.value, 'base64'));
}
