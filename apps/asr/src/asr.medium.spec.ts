import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AudioLog, disableEmbeddedBus, embeddedBus, enableEmbeddedBus } from '@parley/bus';
import { PROJECT_ROOT, provideSettings } from '@parley/config';
import {
  makeEvent,
  newId,
  type AnyEnvelope,
  type CoverageSpan,
  type Segment,
} from '@parley/contracts';
import { configureLogging } from '@parley/observability';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, wordErrorRate, type TestDatabase } from '@parley/testing';
import { AsrModule } from './asr.module';

// Real: the models, Postgres, the service. In memory: the bus and the audio log.
const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';
const jfk = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78);
const silence = (ms: number): Buffer => Buffer.alloc(ms * 32);

describe('asr', () => {
  let database: TestDatabase;
  let service: RunningService;
  let log: AudioLog;
  let heard: AnyEnvelope[];
  let tell: () => void = () => undefined;

  beforeAll(async () => {
    configureLogging({ level: 'warn' });
    database = await startTestDatabase();
    provideSettings({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2' });
    enableEmbeddedBus();
    service = await createService(AsrModule, 'asr', { port: 0 });
    log = service.app.get(AudioLog);
    heard = [];
    await embeddedBus()?.bus.subscribe({
      group: 'test',
      topics: ['transcript'],
      types: ['transcript.final', 'transcript.covered', 'transcript.completed'],
      handler: (event) => {
        heard.push(event as AnyEnvelope);
        tell();
        return Promise.resolve();
      },
    });
  }, 60_000);

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
  });

  it('turns audio into segments, in which every millisecond is accounted for', async () => {
    const meetingId = newId();
    await announce(meetingId, 'main');
    const pcm = Buffer.concat([silence(1_500), jfk, silence(3_000)]);
    const lengthMs = await send(meetingId, 'main', pcm);
    await completed(meetingId, 'main');

    const { items } = await transcript(meetingId);
    expect(wordErrorRate(JFK, items.map(({ text }) => text).join(' '))).toBeLessThan(0.15);
    expect(items[0]).toMatchObject({
      id: `${meetingId}:main:0`,
      speaker: { name: 'John' },
      final: true,
      revision: 0,
      engine: 'moonshine-tiny',
      degraded: false,
    });
    expect(finals(meetingId)).toEqual(items);
    expectContiguous(spansOf(meetingId, 'main'), lengthMs);
    await expect(log.backlogMs(meetingId, 'main')).resolves.toBe(0);
  });

  it('hears nothing in silence and in noise', async () => {
    const meetingId = newId();
    await announce(meetingId, 'main');
    const lengthMs = await send(meetingId, 'main', Buffer.concat([silence(4_000), noise(4_000)]));
    await completed(meetingId, 'main');

    expect((await transcript(meetingId)).items).toEqual([]);
    const spans = spansOf(meetingId, 'main');
    expectContiguous(spans, lengthMs);
    expect(spans.every(({ state }) => state === 'silence' || state === 'filtered')).toBe(true);
  });

  async function announce(meetingId: string, channel: string): Promise<void> {
    await embeddedBus()?.bus.publish(
      makeEvent(
        'audio.session.opened',
        {
          channel,
          speaker: { id: 'p1', name: 'John' },
          language: 'en',
          startedAt: new Date().toISOString(),
        },
        { meetingId },
      ),
    );
  }

  async function send(meetingId: string, channel: string, pcm: Buffer): Promise<number> {
    const bytes = 640 * 5;
    let startMs = 0;
    for (let at = 0; at < pcm.length; at += bytes) {
      const part = pcm.subarray(at, at + bytes);
      await log.append(meetingId, { kind: 'audio', channel, startMs, pcm: part });
      startMs += part.length / 32;
    }
    await log.append(meetingId, { kind: 'end', channel, endMs: startMs });
    return startMs;
  }

  async function completed(meetingId: string, channel: string): Promise<void> {
    const isThere = (): boolean =>
      of(meetingId).some(
        (event) => event.type === 'transcript.completed' && event.data.channel === channel,
      );
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        tell = resolve;
      });
    }
  }

  function of(meetingId: string): AnyEnvelope[] {
    return heard.filter((event) => event.meetingId === meetingId);
  }

  function finals(meetingId: string): Segment[] {
    return of(meetingId).flatMap((event) =>
      event.type === 'transcript.final' ? [event.data.segment] : [],
    );
  }

  function spansOf(meetingId: string, channel: string): CoverageSpan[] {
    return of(meetingId).flatMap((event) =>
      event.type === 'transcript.covered' && event.data.channel === channel ? event.data.spans : [],
    );
  }

  async function transcript(meetingId: string): Promise<{ items: Segment[] }> {
    const answer = await fetch(`${service.url}/v1/meetings/${meetingId}/transcript`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as { items: Segment[] };
  }
});

function expectContiguous(spans: CoverageSpan[], lengthMs: number): void {
  const inOrder = [...spans].sort((a, b) => a.startMs - b.startMs);
  let at = 0;
  for (const span of inOrder) {
    expect(span.startMs).toBe(at);
    at = span.endMs;
  }
  expect(at).toBe(lengthMs);
}

function noise(ms: number): Buffer {
  let seed = 1;
  const pcm = Buffer.alloc(ms * 32);
  for (let at = 0; at < pcm.length; at += 2) {
    seed = (seed * 48_271) % 2_147_483_647;
    pcm.writeInt16LE((seed % 1_200) - 600, at);
  }
  return pcm;
}
