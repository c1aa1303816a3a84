import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { provideSettings } from '@parley/config';
import { newId } from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import { Seeded } from '../../../../test/harness/seeded';
import { AsrModule } from '../asr.module';
import { ClaimsService } from './claims.service';
import { LeaseLostError } from './lease-lost.error';
import { LeasesRepository, type Lease } from './leases.repository';
import { SessionsRepository } from './sessions.repository';

const SEEDS = 12;
const STEPS = 60;
const LEASE_SECONDS = 10;
const REPLICAS = ['one', 'two', 'three'];
const ACTIONS = ['claim', 'claim', 'renew', 'write', 'write', 'release', 'time', 'time'] as const;

/** What the model knows of the one meeting. */
interface Truth {
  epoch: number;
  owner: string | null;
  /** By the database's clock, which the model holds in its hands. */
  leftSeconds: number;
}

// Real: the repositories and Postgres. Model: replicas, each with what it believes, that hang and come back.
describe('the lease of a meeting', () => {
  let database: TestDatabase;
  let service: RunningService;
  let leases: LeasesRepository;
  let source: DataSource;

  beforeAll(async () => {
    database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
    });
    // The service itself takes no part: what is free for a moment would be its own.
    jest.spyOn(ClaimsService.prototype, 'sweep').mockResolvedValue([]);
    enableEmbeddedBus();
    service = await createService(AsrModule, 'asr', { port: 0 });
    leases = service.app.get(LeasesRepository, { strict: false });
    source = service.app.get(DataSource, { strict: false });
  }, 60_000);

  afterAll(async () => {
    jest.restoreAllMocks();
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
  });

  async function newMeeting(): Promise<string> {
    const meetingId = newId<string>();
    const session = {
      meetingId,
      channel: 'main',
      workspaceId: 'default',
      speaker: null,
      language: 'en',
      source: 'audio' as const,
      redactPersonalData: false,
      redactNames: false,
    };
    await service.app.get(UnitOfWork, { strict: false }).run(async ({ manager }) => {
      await leases.register(meetingId, 'default', manager);
      await service.app.get(SessionsRepository, { strict: false }).open(manager, session);
    });
    return meetingId;
  }

  /** So much of the lease is left, as if time had passed. */
  async function leave(meetingId: string, seconds: number): Promise<void> {
    await source.query(
      `UPDATE asr.meetings SET lease_until = now() + make_interval(secs => $2) WHERE meeting_id = $1`,
      [meetingId, seconds],
    );
  }

  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'has one owner at a time, and nobody else can write (seed %i)',
    async (seed) => {
      const random = new Seeded(seed);
      const meetingId = await newMeeting();
      const truth: Truth = { epoch: 0, owner: null, leftSeconds: 0 };
      /** What each replica believes to hold; a frozen one goes on believing. */
      const beliefs = new Map<string, Lease>();
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;

      for (let step = 0; step < STEPS; step++) {
        const replica = pick(REPLICAS);
        const belief = beliefs.get(replica);
        const isOwner = belief?.epoch === truth.epoch;
        switch (pick(ACTIONS)) {
          case 'claim': {
            if (truth.leftSeconds <= 0) await leave(meetingId, -1);
            const kind = truth.epoch === 0 ? 'new' : 'begun';
            const [taken] = await leases.claim(source.manager, replica, LEASE_SECONDS, {
              kind,
              limit: 1,
              meetingId,
            });
            expect(taken !== undefined).toBe(truth.leftSeconds <= 0);
            if (!taken) break;
            expect(taken.epoch).toBe(truth.epoch + 1);
            Object.assign(truth, {
              epoch: taken.epoch,
              owner: replica,
              leftSeconds: LEASE_SECONDS,
            });
            beliefs.set(replica, taken);
            break;
          }
          case 'renew': {
            if (!belief) break;
            const kept = await leases.renew(replica, LEASE_SECONDS, [belief]);
            expect(kept.has(meetingId)).toBe(isOwner && truth.owner === replica);
            if (kept.has(meetingId)) truth.leftSeconds = LEASE_SECONDS;
            else beliefs.delete(replica);
            break;
          }
          case 'write': {
            if (!belief) break;
            const writing = source.transaction((manager) => leases.fence(manager, belief));
            // Also after the lease has run out, as long as nobody else has taken the meeting.
            if (isOwner) await expect(writing).resolves.toBeUndefined();
            else await expect(writing).rejects.toBeInstanceOf(LeaseLostError);
            break;
          }
          case 'release': {
            if (!belief) break;
            await leases.release(belief);
            beliefs.delete(replica);
            if (isOwner) Object.assign(truth, { owner: null, leftSeconds: 0 });
            break;
          }
          case 'time':
            truth.leftSeconds -= Math.floor(random.next() * LEASE_SECONDS);
            if (truth.leftSeconds > 0) await leave(meetingId, truth.leftSeconds);
        }
      }
      expect(truth.epoch).toBeGreaterThan(1);
    },
  );
});
