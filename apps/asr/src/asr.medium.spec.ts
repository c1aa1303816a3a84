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
import { UnitOfWork } from '@parley/database';
import { createService, type Page, type RunningService } from '@parley/service';
import { startTestDatabase, wordErrorRate, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { AsrModule } from './asr.module';
import { LeaseLostError } from './sessions/lease-lost.error';
import { LeasesRepository, type Taken } from './sessions/leases.repository';
import { SessionsRepository } from './sessions/sessions.repository';

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
    database = await startTestDatabase();
    provideSettings({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: '2', LOG_LEVEL: 'silent' });
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
    const lengthMs = await send(
      meetingId,
      'main',
      Buffer.concat([silence(1_500), jfk, silence(3_000)]),
    );
    await end(meetingId, 'main', lengthMs);

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
    expect(of(meetingId).at(-1)).toMatchObject({
      type: 'transcript.completed',
      data: { channel: 'main', lastMs: lengthMs, finals: items.length },
    });
  });

  it('hears nothing in silence and in noise', async () => {
    const meetingId = newId();
    await announce(meetingId, 'main');
    const pcm = Buffer.concat([silence(4_000), noise(4_000)]);
    const lengthMs = await send(meetingId, 'main', pcm);
    await end(meetingId, 'main', lengthMs);

    expect((await transcript(meetingId)).items).toEqual([]);
    const spans = spansOf(meetingId, 'main');
    expectContiguous(spans, lengthMs);
    expect(spans.every(({ state }) => state === 'silence' || state === 'filtered')).toBe(true);
  });

  it('listens to the channels of a meeting side by side and lets go of what all have passed', async () => {
    const meetingId = newId();
    await announce(meetingId, 'left');
    await announce(meetingId, 'right');
    await send(meetingId, 'left', jfk.subarray(0, 3_500 * 32));
    await send(meetingId, 'right', silence(2_000));
    await send(meetingId, 'right', jfk.subarray(7_700 * 32), 2_000);
    await end(meetingId, 'left', 3_500);
    const rightMs = 2_000 + (jfk.length / 32 - 7_700);
    await end(meetingId, 'right', rightMs);

    const texts = new Map(finals(meetingId).map(({ channel, text }) => [channel, text]));
    expect(texts.get('left')).toMatch(/fellow Americans/i);
    expect(texts.get('right')).toMatch(/for your country/i);
    expectContiguous(spansOf(meetingId, 'left'), 3_500);
    expectContiguous(spansOf(meetingId, 'right'), rightMs);
    await expect(log.backlogMs(meetingId, 'left')).resolves.toBe(0);
    await expect(log.backlogMs(meetingId, 'right')).resolves.toBe(0);
  });

  it('goes on after a restart where it was, without losing or repeating anything', async () => {
    const meetingId = newId();
    await announce(meetingId, 'main');
    await send(meetingId, 'main', jfk.subarray(0, 6_000 * 32));
    await until(() => finals(meetingId).length > 0);
    await service.close();
    await send(meetingId, 'main', jfk.subarray(6_000 * 32), 6_000);
    service = await createService(AsrModule, 'asr', { port: 0 });
    await end(meetingId, 'main', jfk.length / 32);

    const { items } = await transcript(meetingId);
    expect(items.map(({ id }) => id)).toEqual(items.map((_, n) => `${meetingId}:main:${n}`));
    expect(wordErrorRate(JFK, items.map(({ text }) => text).join(' '))).toBeLessThan(0.15);
    expectContiguous(spansOf(meetingId, 'main'), jfk.length / 32);
  });

  it('completes a channel whose end never came once the meeting has ended', async () => {
    const meetingId = newId();
    await announce(meetingId, 'main');
    await send(meetingId, 'main', jfk.subarray(0, 3_500 * 32));
    await ended(meetingId);
    await completed(meetingId, 'main');
    expectContiguous(spansOf(meetingId, 'main'), 3_500);
    expect(finals(meetingId)).toHaveLength(1);
  });

  it('transcribes what a meeting said whose end is heard of before its audio', async () => {
    const meetingId = newId();
    await send(meetingId, 'main', jfk.subarray(0, 3_500 * 32));
    await log.append(meetingId, { kind: 'end', channel: 'main', endMs: 3_500 });
    await ended(meetingId);
    await announce(meetingId, 'main');
    await completed(meetingId, 'main');
    expect(finals(meetingId)).toHaveLength(1);
    expectContiguous(spansOf(meetingId, 'main'), 3_500);
  });

  it('begins nothing anew when the events of a meeting that is over come again', async () => {
    const meetingId = newId();
    await announce(meetingId, 'main');
    await end(meetingId, 'main', await send(meetingId, 'main', silence(1_000)));
    await ended(meetingId);
    const leases = service.app.get(LeasesRepository, { strict: false });
    const sessions = service.app.get(SessionsRepository, { strict: false });
    const state = async () => ({
      epoch: (await leases.find(meetingId))?.epoch,
      sessions: await sessions.of(meetingId),
      told: of(meetingId).length,
    });
    const before = await state();
    await ended(meetingId);
    await announce(meetingId, 'main');
    await ended(meetingId);
    expect(await state()).toEqual(before);
  });

  it('refuses a write of whoever has lost the meeting to another replica', async () => {
    const meetingId = newId();
    const leases = service.app.get(LeasesRepository, { strict: false });
    const unitOfWork = service.app.get(UnitOfWork, { strict: false });
    const sessions = service.app.get(SessionsRepository, { strict: false });
    const workspaceId = 'default';
    await leases.register(meetingId, workspaceId);
    const session = { meetingId, channel: 'main', workspaceId, speaker: null, language: 'en' };
    await unitOfWork.run(({ manager }) => sessions.open(manager, session));
    const { manager: database } = service.app.get(DataSource, { strict: false });
    const claim = (owner: string, kind: 'begun' | 'new'): Promise<Taken[]> =>
      leases.claim(database, owner, 60, { kind, limit: 1, meetingId });
    const [old] = await claim('one', 'new');
    expect(await claim('two', 'begun')).toEqual([]);
    if (!old) throw new Error('nothing was claimed');
    await leases.release(old);
    const [young] = await claim('two', 'begun');
    expect(young?.epoch).toBe(old.epoch + 1);
    const write = unitOfWork.run(({ manager }) => leases.fence(manager, old));
    await expect(write).rejects.toBeInstanceOf(LeaseLostError);
    expect(await leases.renew('one', 60, [old])).toEqual(new Set());
  });

  it('pages through a transcript in the order in which it was said', async () => {
    const meetingId = newId();
    await announce(meetingId, 'main');
    await send(meetingId, 'main', jfk);
    await end(meetingId, 'main', jfk.length / 32);
    const whole = await transcript(meetingId);
    const first = await transcript(meetingId, '?limit=1');
    const rest = await transcript(meetingId, `?cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...rest.items]).toEqual(whole.items);
    expect(rest.nextCursor).toBeNull();
  });

  it.each([
    [`/v1/meetings/${newId()}/transcript`, 404, 'meeting-not-found'],
    ['/v1/meetings/nonsense/transcript', 404, 'meeting-not-found'],
    [`/v1/meetings/${newId()}/transcript?limit=0`, 400, 'validation-failed'],
  ])('answers %s with a problem', async (path, status, code) => {
    const answer = await fetch(service.url + path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ type: `https://parley.dev/problems/${code}` });
  });

  it('says which engines run', async () => {
    const answer = await fetch(`${service.url}/v1/engines`);
    expect(await answer.json()).toMatchObject({
      items: [
        { kind: 'speech', name: 'moonshine-tiny', languages: ['en'] },
        { kind: 'voice activity', name: 'silero-v6' },
      ],
    });
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

  /** @returns where the audio ends */
  async function send(
    meetingId: string,
    channel: string,
    pcm: Buffer,
    fromMs = 0,
  ): Promise<number> {
    const bytes = 100 * 32;
    let startMs = fromMs;
    for (let at = 0; at < pcm.length; at += bytes) {
      const part = pcm.subarray(at, at + bytes);
      await log.append(meetingId, { kind: 'audio', channel, startMs, pcm: part });
      startMs += part.length / 32;
    }
    return startMs;
  }

  async function end(meetingId: string, channel: string, endMs: number): Promise<void> {
    await log.append(meetingId, { kind: 'end', channel, endMs });
    await completed(meetingId, channel);
  }

  async function ended(meetingId: string): Promise<void> {
    const data = { endedAt: new Date().toISOString(), channels: ['main'] };
    await embeddedBus()?.bus.publish(makeEvent('meeting.ended', data, { meetingId }));
  }

  function completed(meetingId: string, channel: string): Promise<void> {
    return until(() =>
      of(meetingId).some(
        (event) => event.type === 'transcript.completed' && event.data.channel === channel,
      ),
    );
  }

  async function until(isThere: () => boolean): Promise<void> {
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

  async function transcript(meetingId: string, query = ''): Promise<Page<Segment>> {
    const answer = await fetch(`${service.url}/v1/meetings/${meetingId}/transcript${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Page<Segment>;
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
