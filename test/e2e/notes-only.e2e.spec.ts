import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RedisEventBus } from '@parley/bus';
import { unwrap, type Summary, type TimelineEntry } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { makeEvent, segmentId, type Envelope, type MeetingId } from '@parley/contracts';
import { eventually } from '../harness/eventually';
import { inTables } from '../harness/traces';
import { CANARY, ParleyWithStores } from './parley-with-stores';
import type { RunningParley } from './running-parley';

const MINUTES = 60_000;
/** What the speech engine hears in the recording that is played. */
const SPOKEN = 'country can do';
const HEADER_BYTES = 44;
const LINES = [
  `The ${CANARY} was seen near the river this morning.`,
  `What does the ${CANARY} eat in winter, and who feeds it?`,
  `That ${CANARY} costs us four hundred euros a month in Lisbon.`,
  'Maria will send the contract to the customer by Friday.',
  'We decided to go with the cheaper supplier.',
];

// Real: the built system in a process of its own, its models, Postgres, Redis and files. Some of it is spoken; the
// sentences that are sought are put on the bus as asr would, so that they are heard letter for letter.
describe('a meeting that is notes-only', () => {
  let running: ParleyWithStores;
  let parley: RunningParley;
  let bus: RedisEventBus;
  let meetingId: MeetingId;
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
    'shows its words while it runs',
    async () => {
      meetingId = await begin('notes-only');
      await bus.publish(...LINES.map((text, at) => spoken(meetingId, text, at)));
      await speak();
      const shown = await seen(
        ({ type, data }) => type === 'segment.final' && JSON.stringify(data).includes(CANARY),
      );
      expect(shown.cursor).toBeGreaterThan(0);
      // What was put on the bus is there before what has to be heard first.
      await eventually('asr has heard nothing', 2 * MINUTES, async () =>
        (await traces()).includes('table asr.segments'),
      );
    },
    4 * MINUTES,
  );

  it(
    'has its words in no store once it has ended, and its notes in all',
    async () => {
      await endAndAwait();
      expect(await traces()).toEqual([]);
      expect(parley.output()).not.toContain(CANARY);
      const summary = await unwrap(
        parley.client.agent.GET('/v1/meetings/{id}/summary', { params: params() }),
      );
      expect(textsOf(summary, 'tasks').join()).toMatch(/send the contract/i);
      expect(textsOf(summary, 'decisions').join()).toMatch(/cheaper supplier/i);
      const lines = Object.values(summary.sections).flat();
      expect(lines.flatMap(({ citations }) => citations)).toEqual([]);
    },
    4 * MINUTES,
  );

  it('shows viewers its notes, and exports them', async () => {
    const { items } = await unwrap(
      parley.client.ingestion.GET('/v1/meetings/{id}/timeline', {
        params: { ...params(), query: { limit: 200 } },
      }),
    );
    const types = new Set(items.map(({ type }) => type));
    expect(types).toContain('summary');
    expect(types).toContain('suggestion');
    expect(types).not.toContain('segment.final');
    expect(types).not.toContain('insight');
    const { data: markdown } = await parley.client.ingestion.GET('/v1/meetings/{id}/export', {
      params: { ...params(), query: { format: 'md' } },
      parseAs: 'text',
    });
    expect(markdown).toMatch(/send the contract/i);
    const { items: segments } = await unwrap(
      parley.client.asr.GET('/v1/meetings/{id}/transcript', { params: params() }),
    );
    expect(segments).toEqual([]);
    const { items: insights } = await unwrap(
      parley.client.nlu.GET('/v1/meetings/{id}/insights', { params: params() }),
    );
    expect(insights.length).toBeGreaterThan(0);
    expect(insights.flatMap(({ entities, topics }) => [...entities, ...topics])).toEqual([]);
  });

  it(
    'lets in no words that come late, or again',
    async () => {
      await bus.publish(...LINES.map((text, at) => spoken(meetingId, text, at + 100)));
      await eventually('late events are dealt with', MINUTES, async () => {
        const groups = ['ingestion', 'nlu', 'rag'];
        const states = await Promise.all(groups.map((group) => bus.state(group, ['transcript'])));
        return states.flat().every(({ lag, pending }) => lag + pending === 0) || undefined;
      });
      expect(await inTables([CANARY], running.database.url)).toEqual([]);
      expect(await bus.deadLetters.list('transcript')).toEqual([]);
    },
    2 * MINUTES,
  );

  it(
    'loses what was said before it became so, too, and never becomes a transcript again',
    async () => {
      await bus.forget(meetingId);
      meetingId = await begin('transcript');
      await bus.publish(...LINES.map((text, at) => spoken(meetingId, text, at)));
      await seen((entry) => entry.type === 'suggestion');
      await change('notes-only');
      const { response } = await change('transcript');
      expect(response.status).toBe(409);
      await change('off-the-record');
      expect((await change('transcript')).response.status).toBe(409);
      await change('notes-only');
      await endAndAwait();
      expect(await traces()).toEqual([]);
    },
    4 * MINUTES,
  );

  async function begin(privacyMode: 'notes-only' | 'transcript'): Promise<MeetingId> {
    const participants = [{ name: 'Maria', channel: 'main' }];
    const body = { title: 'Review', privacyMode, participants };
    const meeting = await unwrap(parley.client.ingestion.POST('/v1/meetings', { body }));
    return meeting.id as MeetingId;
  }

  function change(privacyMode: 'notes-only' | 'transcript' | 'off-the-record') {
    const body = { privacyMode };
    return parley.client.ingestion.PATCH('/v1/meetings/{id}', { params: params(), body });
  }

  async function endAndAwait(): Promise<void> {
    const { client } = parley;
    await unwrap(client.ingestion.POST('/v1/meetings/{id}/end', { params: params() }));
    await eventually('the words are gone everywhere', 2 * MINUTES, async () => {
      const now = await unwrap(client.ingestion.GET('/v1/meetings/{id}', { params: params() }));
      return now.wordsErasedAt;
    });
  }

  async function seen(wanted: (entry: TimelineEntry) => boolean): Promise<TimelineEntry> {
    for await (const entry of parley.client.subscribe(meetingId)) {
      if (wanted(entry)) return entry;
    }
    throw new Error('the feed ended');
  }

  async function speak(): Promise<void> {
    const pcm = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(HEADER_BYTES);
    const sender = await parley.client.sendAudio(meetingId, { channel: 'main' });
    await sender.send(pcm);
    await sender.stop();
  }
});

function textsOf(summary: Summary, section: 'tasks' | 'decisions'): string[] {
  return summary.sections[section].map(({ text }) => text);
}

function spoken(meetingId: MeetingId, text: string, utterance: number): Envelope {
  const segment = {
    id: segmentId(meetingId, 'planted', utterance),
    meetingId,
    channel: 'planted',
    speaker: null,
    startMs: utterance * 5_000,
    endMs: utterance * 5_000 + 4_000,
    text,
    final: true,
    revision: 0,
    engine: 'the test',
    degraded: false,
  };
  return makeEvent('transcript.final', { segment }, { meetingId });
}
