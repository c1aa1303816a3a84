import { makeEvent, newId, type Envelope } from '@parley/contracts';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { DataSource } from 'typeorm';
import type { UnitOfWork } from '@parley/database';
import { ConnectionEntity } from '../connections/connection.entity';
import type { ConnectionsService } from '../connections/connections.service';
import type { IntegrationsSettings } from '../integrations.settings';
import { CreateIntegrations1763800000000 } from '../migrations/1763800000000-create-integrations';
import type { Provider } from '../providers/provider';
import { ProviderRegistry } from '../providers/provider.registry';
import { TOOL_CLASSES, type ToolClass } from '../providers/tool';
import { nativeRequire } from '../testing/native-require';
import { patientCalls } from '../testing/patient-calls';
import { DeliveriesRepository, type Claimed } from './deliveries.repository';
import { DeliveryCarrier, type Outcome } from './delivery-carrier';
import { DeliveryRecorder } from './delivery-recorder';
import { DeliveryEntity } from './delivery.entity';
import type { ProviderMetrics } from '../providers/provider.metrics';
import type { DeliveryMetrics } from './delivery.metrics';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const BUDGET_MS = 10_000;
const LEASE_MS = 15_000;
const SETTINGS = {
  PROVIDER_TOTAL_BUDGET_SECONDS: BUDGET_MS / 1_000,
  PROVIDER_TIMEOUT_DEFAULT_SECONDS: BUDGET_MS / 1_000,
  RETRY_MAX_ATTEMPTS: 3,
  RETRY_BASE_SECONDS: 0.5,
} as unknown as IntegrationsSettings;

// Real: rows, leases, carrier, recorder. Fake: the provider, which keeps every effect, and the passing of time.
describe('a worker that comes to its call after its lease has gone to another', () => {
  let database: TestDatabase;
  let source: DataSource;
  let repository: DeliveriesRepository;
  let told: Envelope[];
  /** What took effect, by action; this provider never recognises a repetition. */
  let effects: string[];
  /** Opening a connection asks the database, which may take long: the next one waits for this. */
  let opening: Promise<void>;

  beforeAll(async () => {
    database = await startTestDatabase();
    source = await new DataSource({
      type: 'postgres',
      url: database.url,
      schema: 'integrations',
      entities: [ConnectionEntity, DeliveryEntity],
      poolSize: 1,
    }).initialize();
    await source.query('CREATE SCHEMA integrations');
    const runner = source.createQueryRunner();
    await new CreateIntegrations1763800000000().up(runner);
    await runner.release();
    repository = new DeliveriesRepository(source.getRepository(DeliveryEntity));
  });
  afterAll(async () => {
    await source.destroy();
    await database.stop();
  });

  beforeEach(() => {
    told = [];
    effects = [];
    opening = Promise.resolve();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function plan(toolClass: ToolClass): Promise<string> {
    const id = newId<string>();
    await source.manager.transaction((manager) =>
      repository.insert(manager, [newRow(id, toolClass)]),
    );
    return id;
  }

  const claim = async (): Promise<Claimed> => {
    const [claimed] = await repository.claim(1, { of: {}, otherwise: LEASE_MS }, () =>
      newId<string>(),
    );
    if (!claimed) throw new Error('nothing was due');
    return claimed;
  };

  /** For the database and for this process alike. */
  async function pass(ms: number): Promise<void> {
    await source.query(
      `UPDATE integrations.deliveries SET lease_until = lease_until - make_interval(secs => $1),
         next_attempt_at = next_attempt_at - make_interval(secs => $1)`,
      [ms / 1_000],
    );
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + ms);
  }

  const carrier = (): DeliveryCarrier =>
    new DeliveryCarrier(
      new ProviderRegistry([provider()]),
      {
        open: () => opening.then(() => ({ id: 'c', name: 'c', settings: {} })),
      } as unknown as ConnectionsService,
      patientCalls(SETTINGS),
    );

  const provider = (): Provider =>
    ({
      id: 'world',
      tools: TOOL_CLASSES.map((name) => ({
        name,
        class: name,
        risk: 'low' as const,
        description: '',
        arguments: {},
      })),
      send: ({ actionId }: { actionId: string }) => {
        effects.push(actionId);
        return Promise.resolve({ externalId: actionId });
      },
      find: (actionId: string) =>
        Promise.resolve(effects.includes(actionId) ? { externalId: actionId } : null),
    }) as unknown as Provider;

  const recorder = (): DeliveryRecorder => {
    const work = {
      run: (unit: (given: unknown) => Promise<unknown>) =>
        source.transaction((manager) =>
          unit({ manager, emit: (event: Envelope) => told.push(event) }),
        ),
    } as unknown as UnitOfWork;
    const metrics = { attempted: () => undefined, ended: () => undefined };
    return new DeliveryRecorder(
      repository,
      work,
      metrics as unknown as DeliveryMetrics,
      metrics as unknown as ProviderMetrics,
    );
  };

  const finish = async (claimed: Claimed): Promise<void> => {
    await recorder().record(claimed, await carrier().carry(claimed));
  };

  it.each(TOOL_CLASSES)(
    'sends nothing, so that a tool that is %s has one effect',
    async (toolClass) => {
      const id = await plan(toolClass);
      const slow = await claim();
      let goOn = (): void => undefined;
      opening = new Promise((resolve) => (goOn = resolve));
      const late = finish(slow);
      await pass(LEASE_MS + 1_000);
      opening = Promise.resolve();
      await finish(await claim());
      const { status } = await source.getRepository(DeliveryEntity).findOneByOrFail({ id });
      goOn();
      await late;

      expect(status).toBe(toolClass === 'once' ? 'uncertain' : 'succeeded');
      // What nobody may repeat was left to a person, and then it must not happen behind that person's back.
      expect(effects).toHaveLength(toolClass === 'once' ? 0 : 1);
      const after = await source.getRepository(DeliveryEntity).findOneByOrFail({ id });
      expect(after).toMatchObject({ status });
      expect(told.map(({ type }) => type)).toEqual([`delivery.${status}`, 'audit.recorded']);
    },
  );

  it('is told nothing of, where both claims of a delivery end together in one process', async () => {
    const id = await plan('once');
    const slow = await claim();
    await pass(LEASE_MS + 1_000);
    const next = await claim();
    const shared = recorder();
    const failed: Outcome = { status: 'failed', reason: 'refused', attempts: [] };
    const receipt = { externalId: 'x' };
    const succeeded: Outcome = { status: 'succeeded', receipt, attempts: [] };
    await Promise.all([shared.record(slow, failed), shared.record(next, succeeded)]);

    const row = await source.getRepository(DeliveryEntity).findOneByOrFail({ id });
    expect(row).toMatchObject({ status: 'succeeded', externalId: 'x' });
    expect(told.map(({ type }) => type)).toEqual(['delivery.succeeded', 'audit.recorded']);
  });

  it('gives the delivery back, with its try, when nobody has taken it yet', async () => {
    const id = await plan('once');
    const slow = await claim();
    await pass(BUDGET_MS + 1_000);
    await finish(slow);
    expect(effects).toEqual([]);
    const row = await source.getRepository(DeliveryEntity).findOneByOrFail({ id });
    expect(row).toMatchObject({ status: 'planned', triesLeft: 3, attempts: [] });

    await finish(await claim());
    expect(effects).toHaveLength(1);
    expect(told.map(({ type }) => type)).toEqual(['delivery.succeeded', 'audit.recorded']);
  });
});

function newRow(id: string, toolClass: ToolClass): DeliveryEntity {
  const now = new Date();
  const { traceparent } = makeEvent('document.removed', { documentId: newId() });
  return {
    id,
    workspaceId: 'default',
    actionId: newId<string>(),
    suggestionId: newId<string>(),
    meetingId: newId<string>(),
    connectionId: 'c',
    provider: 'world',
    tool: toolClass,
    arguments: { title: 'Send the budget' },
    citations: [],
    traceparent,
    authorised: true,
    approvalExpiresAt: null,
    status: 'planned',
    reason: null,
    attempts: [],
    sends: 0,
    triesLeft: 3,
    nextAttemptAt: now,
    leaseOwner: null,
    leaseUntil: null,
    sendingSince: null,
    externalId: null,
    url: null,
    createdAt: now,
    updatedAt: now,
  };
}
