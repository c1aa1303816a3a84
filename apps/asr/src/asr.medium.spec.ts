import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedBus } from '@parley/bus';
import { PROJECT_ROOT } from '@parley/config';
import { makeEvent, newId, type CoverageSpan } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { wordErrorRate } from '@parley/testing';
import { DataSource } from 'typeorm';
import { LeaseLostError } from './sessions/lease-lost.error';
import { LeasesRepository, type Taken } from './sessions/leases.repository';
import { SessionsRepository } from './sessions/sessions.repository';
import { RunningAsr } from './testing/running-asr';

// Real: the models, Postgres, the service. In memory: the bus and the audio log.
const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';
const jfk = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78);
const silence = (ms: number): Buffer => Buffer.alloc(ms * 32);

describe('asr', () => {
  let asr: RunningAsr;

  beforeAll(async () => {
    asr = await RunningAsr.start();
  }, 60_000);

  afterAll(() => asr.stop());

  it('turns audio into segments, in which every millisecond is accounted for', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'main');
    const lengthMs = await asr.send(
      meetingId,
      'main',
      Buffer.concat([silence(1_500), jfk, silence(3_000)]),
    );
    await asr.end(meetingId, 'main', lengthMs);

    const { items } = await asr.transcript(meetingId);
    expect(wordErrorRate(JFK, items.map(({ text }) => text).join(' '))).toBeLessThan(0.15);
    expect(items[0]).toMatchObject({
      id: `${meetingId}:main:0`,
      speaker: { name: 'John' },
      final: true,
      revision: 0,
      engine: 'moonshine-tiny',
      degraded: false,
    });
    expect(asr.finals(meetingId)).toEqual(items);
    expectContiguous(asr.spansOf(meetingId, 'main'), lengthMs);
    expect(asr.of(meetingId).at(-1)).toMatchObject({
      type: 'transcript.completed',
      data: { channel: 'main', lastMs: lengthMs, finals: items.length },
    });
  });

  it('hears nothing in silence and in noise', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'main');
    const pcm = Buffer.concat([silence(4_000), noise(4_000)]);
    const lengthMs = await asr.send(meetingId, 'main', pcm);
    await asr.end(meetingId, 'main', lengthMs);

    expect((await asr.transcript(meetingId)).items).toEqual([]);
    const spans = asr.spansOf(meetingId, 'main');
    expectContiguous(spans, lengthMs);
    expect(spans.every(({ state }) => state === 'silence' || state === 'filtered')).toBe(true);
  });

  it('listens to the channels of a meeting side by side and lets go of what all have passed', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'left');
    await asr.announce(meetingId, 'right');
    await asr.send(meetingId, 'left', jfk.subarray(0, 3_500 * 32));
    await asr.send(meetingId, 'right', silence(2_000));
    await asr.send(meetingId, 'right', jfk.subarray(7_700 * 32), 2_000);
    await asr.end(meetingId, 'left', 3_500);
    const rightMs = 2_000 + (jfk.length / 32 - 7_700);
    await asr.end(meetingId, 'right', rightMs);

    const texts = new Map(asr.finals(meetingId).map(({ channel, text }) => [channel, text]));
    expect(texts.get('left')).toMatch(/fellow Americans/i);
    expect(texts.get('right')).toMatch(/for your country/i);
    expectContiguous(asr.spansOf(meetingId, 'left'), 3_500);
    expectContiguous(asr.spansOf(meetingId, 'right'), rightMs);
    await expect(asr.log.heldBytes(meetingId, 'left')).resolves.toBe(0);
    await expect(asr.log.heldBytes(meetingId, 'right')).resolves.toBe(0);
  });

  it('goes on after a restart where it was, without losing or repeating anything', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'main');
    await asr.send(meetingId, 'main', jfk.subarray(0, 6_000 * 32));
    await asr.until(() => asr.finals(meetingId).length > 0);
    await asr.restart(() => asr.send(meetingId, 'main', jfk.subarray(6_000 * 32), 6_000));
    await asr.end(meetingId, 'main', jfk.length / 32);

    const { items } = await asr.transcript(meetingId);
    expect(items.map(({ id }) => id)).toEqual(items.map((_, n) => `${meetingId}:main:${n}`));
    expect(wordErrorRate(JFK, items.map(({ text }) => text).join(' '))).toBeLessThan(0.15);
    expectContiguous(asr.spansOf(meetingId, 'main'), jfk.length / 32);
  });

  it('completes a channel whose end never came once the meeting has ended', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'main');
    await asr.send(meetingId, 'main', jfk.subarray(0, 3_500 * 32));
    await asr.ended(meetingId);
    await asr.completed(meetingId, 'main');
    expectContiguous(asr.spansOf(meetingId, 'main'), 3_500);
    expect(asr.finals(meetingId)).toHaveLength(1);
  });

  it('is done with the audio of a meeting whose words may not be kept any more', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'main');
    const reducedAt = new Date().toISOString();
    await embeddedBus()?.bus.publish(makeEvent('meeting.reduced', { reducedAt }, { meetingId }));
    const lengthMs = await asr.send(meetingId, 'main', jfk);
    await asr.end(meetingId, 'main', lengthMs);
    expect(asr.finals(meetingId)).toEqual([]);
    const spans = asr.spansOf(meetingId, 'main');
    expectContiguous(spans, lengthMs);
    expect(spans.map(({ state }) => state)).not.toContain('transcribed');
    expect(spans.map(({ state }) => state)).toContain('withheld');
    await expect(asr.log.heldBytes(meetingId, 'main')).resolves.toBe(0);
  });

  it('transcribes what a meeting said whose end is heard of before its audio', async () => {
    const meetingId = newId();
    await asr.send(meetingId, 'main', jfk.subarray(0, 3_500 * 32));
    await asr.log.append(meetingId, { kind: 'end', channel: 'main', endMs: 3_500 });
    await asr.ended(meetingId);
    await asr.announce(meetingId, 'main');
    await asr.completed(meetingId, 'main');
    expect(asr.finals(meetingId)).toHaveLength(1);
    expectContiguous(asr.spansOf(meetingId, 'main'), 3_500);
  });

  it('begins nothing anew when the events of a meeting that is over come again', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'main');
    await asr.end(meetingId, 'main', await asr.send(meetingId, 'main', silence(1_000)));
    await asr.ended(meetingId);
    const leases = asr.app.get(LeasesRepository, { strict: false });
    const sessions = asr.app.get(SessionsRepository, { strict: false });
    const state = async () => ({
      epoch: (await leases.find(meetingId))?.epoch,
      sessions: await sessions.of(meetingId),
      told: asr.of(meetingId).length,
    });
    const before = await state();
    await asr.ended(meetingId);
    await asr.announce(meetingId, 'main');
    await asr.ended(meetingId);
    expect(await state()).toEqual(before);
  });

  it('refuses a write of whoever has lost the meeting to another replica', async () => {
    const meetingId = newId();
    const leases = asr.app.get(LeasesRepository, { strict: false });
    const unitOfWork = asr.app.get(UnitOfWork, { strict: false });
    const sessions = asr.app.get(SessionsRepository, { strict: false });
    const workspaceId = 'default';
    await leases.register(meetingId, workspaceId);
    const session = {
      meetingId,
      channel: 'main',
      workspaceId,
      speaker: null,
      language: 'en',
      source: 'audio' as const,
      redactPersonalData: false,
      redactNames: false,
    };
    await unitOfWork.run(({ manager }) => sessions.open(manager, session));
    const { manager: database } = asr.app.get(DataSource, { strict: false });
    const claim = (owner: string, kind: 'begun' | 'new'): Promise<Taken[]> =>
      leases.claim(database, owner, 60, { kind, limit: 1, meetingId });
    const [old] = await claim('one', 'new');
    expect(await claim('two', 'begun')).toEqual([]);
    if (!old) throw new Error('nothing was claimed');
    await leases.release(old);
    // The running replica looks for such meetings, too: whichever was first has it.
    await claim('two', 'begun');
    expect((await leases.find(meetingId))?.epoch).toBe(old.epoch + 1);
    const write = unitOfWork.run(({ manager }) => leases.fence(manager, old));
    await expect(write).rejects.toBeInstanceOf(LeaseLostError);
    expect(await leases.renew('one', 60, [old])).toEqual(new Set());
  });

  it('pages through a transcript in the order in which it was said', async () => {
    const meetingId = newId();
    await asr.announce(meetingId, 'main');
    await asr.send(meetingId, 'main', jfk);
    await asr.end(meetingId, 'main', jfk.length / 32);
    const whole = await asr.transcript(meetingId);
    const first = await asr.transcript(meetingId, '?limit=1');
    const rest = await asr.transcript(meetingId, `?cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...rest.items]).toEqual(whole.items);
    expect(rest.nextCursor).toBeNull();
  });

  it.each([
    [`/v1/meetings/${newId()}/transcript`, 404, 'meeting-not-found'],
    ['/v1/meetings/nonsense/transcript', 404, 'meeting-not-found'],
    [`/v1/meetings/${newId()}/transcript?limit=0`, 400, 'validation-failed'],
  ])('answers %s with a problem', async (path, status, code) => {
    const answer = await fetch(asr.url + path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ type: `https://parley.dev/problems/${code}` });
  });

  it('says which engines run', async () => {
    const answer = await fetch(`${asr.url}/v1/engines`);
    expect(await answer.json()).toMatchObject({
      items: [
        { kind: 'speech', name: 'moonshine-tiny', languages: ['en'] },
        { kind: 'speakers', name: 'kaldi-x-vector' },
        { kind: 'voice activity', name: 'silero-v6' },
      ],
    });
  });
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
