import { SETTINGS } from '@parley/config';
import { newId, type AnyEnvelope } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import type { CapacityService } from '../capacity/capacity.service';
import { ReplicasRepository } from '../capacity/replicas.repository';
import type { SpeechDecoder } from '../decoding/speech-decoder';
import type { AsrSettings } from '../asr.settings';
import type { EngineList } from '../engines/engine.views';
import { RunningAsr } from '../testing/running-asr';
import { ClaimsService } from './claims.service';
import { LeasesRepository } from './leases.repository';

// Real: the service, its models and Postgres; in memory: the bus. There is one place.
describe('asr with one place', () => {
  let running: RunningAsr;

  beforeAll(async () => {
    running = await RunningAsr.start({ ASR_MAX_MEETINGS: '1' });
  }, 60_000);

  afterAll(async () => {
    await running.stop();
  });

  async function open(meetingId = newId<string>()): Promise<string> {
    await running.announce(meetingId, 'main', 'en', null);
    return meetingId;
  }

  async function heard<Type extends AnyEnvelope['type']>(
    meetingId: string,
    type: Type,
    count = 1,
  ): Promise<Extract<AnyEnvelope, { type: Type }>['data'][]> {
    const found = () => running.of(meetingId).filter((event) => event.type === type);
    await running.until(() => found().length >= count);
    return found().map(({ data }) => data) as never;
  }

  async function places(): Promise<EngineList['listening']> {
    const answer = await fetch(`${running.url}/v1/engines`);
    return ((await answer.json()) as EngineList).listening;
  }

  /** Another replica on the same tables, with so many places. */
  function replica(capacity: number, keepsUp = true): ClaimsService {
    const { ASR_MAX_MEETINGS: _, ...settings } = running.app.get<AsrSettings>(SETTINGS);
    const find = <T>(what: new (...parts: never[]) => T): T =>
      running.app.get(what, { strict: false });
    return new ClaimsService(
      settings,
      find(UnitOfWork),
      find(LeasesRepository),
      find(ReplicasRepository),
      { meetings: capacity } as CapacityService,
      { keepsUp } as SpeechDecoder,
    );
  }

  it('lets the second meeting wait, says so with the numbers, and listens when the first is over', async () => {
    const first = await open();
    const second = await open();
    expect(await heard(second, 'audio.session.listening')).toEqual([
      { state: 'waiting', meetings: 1, capacity: 1 },
    ]);
    expect(await places()).toEqual({ replicas: 1, capacity: 1, meetings: 1, waiting: 1 });

    await running.log.append(second, {
      kind: 'audio',
      channel: 'main',
      startMs: 0,
      pcm: Buffer.alloc(32_000),
    });
    await running.log.append(second, { kind: 'end', channel: 'main', endMs: 1_000 });
    await running.log.append(first, { kind: 'end', channel: 'main', endMs: 0 });
    const states = await heard(second, 'audio.session.listening', 2);
    expect(states.at(1)).toEqual({ state: 'listening' });
    // Nothing of what was said meanwhile is lost.
    expect(await heard(second, 'transcript.completed')).toEqual([
      { channel: 'main', lastMs: 1_000, finals: 0 },
    ]);
    expect(await heard(first, 'audio.session.listening', 0)).toEqual([]);
  });

  it('is told by one replica only that it waits, and not while another has room', async () => {
    const [full, roomy] = [replica(0), replica(3)];
    await roomy.sweep(0);
    const first = await open();
    const waiting = await open();
    await full.sweep(0);
    expect(await heard(waiting, 'audio.session.listening', 0)).toEqual([]);
    expect((await roomy.sweep(0)).map(({ meetingId }) => meetingId)).toContain(waiting);
    await Promise.all([full.leave(), roomy.leave()]);
    await running.log.append(first, { kind: 'end', channel: 'main', endMs: 0 });
    await heard(first, 'transcript.completed');
  });

  it('takes in a meeting whose replica has died although every place is taken, but nobody new', async () => {
    const [dying, full] = [replica(9), replica(2)];
    const filler = await open();
    const begun = await open();
    const [lease] = await dying.take(begun, 0);
    const leases = running.app.get(LeasesRepository, { strict: false });
    if (lease) await leases.release(lease);
    const fresh = await open();
    const taken = await full.sweep(2);
    const ids = taken.map(({ meetingId }) => meetingId);
    expect(ids).toContain(begun);
    expect(ids).not.toContain(fresh);
    expect(await full.take(fresh, 3)).toEqual([]);
    await full.leave();
    await running.log.append(filler, { kind: 'end', channel: 'main', endMs: 0 });
    await heard(filler, 'transcript.completed');
  });

  it('has no room for anybody while finals are late', async () => {
    await open();
    const late = replica(50, false);
    expect(late.capacityWith(4)).toBe(4);
    expect(await late.take(await open(), 4)).toEqual([]);
  });
});
