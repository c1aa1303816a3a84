import type { DeliveryAttempt } from '@parley/contracts';
import { Seeded } from '../../../../test/harness/seeded';
import type { ConnectionsService } from '../connections/connections.service';
import type { IntegrationsSettings } from '../integrations.settings';
import type { Provider, SendReceipt } from '../providers/provider';
import { ProviderFailure } from '../providers/provider-failure';
import type { ProviderRegistry } from '../providers/provider.registry';
import { TOOL_CLASSES, type ToolClass } from '../providers/tool';
import { nativeRequire } from '../testing/native-require';
import { patientCalls } from '../testing/patient-calls';
import type { DeliveryEntity } from './delivery.entity';
import { DeliveryCarrier, type Outcome } from './delivery-carrier';
import { isLegal } from './delivery-state';

jest.mock('request-filtering-agent', () => nativeRequire('request-filtering-agent'));

const SEEDS = 500;
const TRIES = 4;
const SETTINGS = {
  PROVIDER_TOTAL_BUDGET_SECONDS: 600,
  PROVIDER_TIMEOUT_DEFAULT_SECONDS: 600,
  RETRY_MAX_ATTEMPTS: TRIES,
  RETRY_BASE_SECONDS: 0.5,
} as unknown as IntegrationsSettings;

/** How a call to the provider may go, the effect taking place or not. */
const CALLS = [
  { effect: true, answer: 'well' },
  { effect: true, answer: 'lost' },
  { effect: false, answer: 'lost' },
  { effect: false, answer: 'refused' },
  { effect: false, answer: 'wrong' },
  { effect: true, answer: 'odd' },
] as const;
/** When the worker dies, if it does. */
const DEATHS = ['before the call', 'after the call', 'not', 'not', 'not'] as const;

const LOST = { retryable: true, uncertain: true };
const REFUSED = { retryable: true, uncertain: false, status: 503 };
const WRONG = { retryable: false, uncertain: false, status: 400 };

/** The outside world: what took effect there, and what its answers are worth. */
class World {
  /** Distinct effects: an idempotent provider knows our key again, and others do not. */
  effects = 0;
  calls = 0;

  constructor(
    private readonly random: Seeded,
    private readonly toolClass: ToolClass,
  ) {}

  send(): Promise<SendReceipt> {
    this.calls += 1;
    const call = pick(this.random, CALLS);
    const isKnown = this.toolClass === 'idempotent' || this.toolClass === 'at-least-once';
    if (call.effect && !(isKnown && this.effects > 0)) this.effects += 1;
    switch (call.answer) {
      case 'well':
        return Promise.resolve({ externalId: 'one' });
      case 'lost':
        return Promise.reject(new ProviderFailure('no answer', LOST));
      case 'refused':
        return Promise.reject(new ProviderFailure('busy', REFUSED));
      case 'wrong':
        return Promise.reject(new ProviderFailure('not like this', WRONG));
      case 'odd':
        return Promise.reject(new Error('a bug in the adapter'));
    }
  }

  /** Does not lie, but may not answer. */
  find(): Promise<SendReceipt | null> {
    if (this.random.next() < 0.2) {
      return Promise.reject(new ProviderFailure('no answer', REFUSED));
    }
    return Promise.resolve(this.effects > 0 ? { externalId: 'one' } : null);
  }
}

/** One delivery as its row is, taken by workers that die, until it is final. */
async function deliver(seed: number, toolClass: ToolClass): Promise<{ row: Row; world: World }> {
  const random = new Seeded(seed);
  const world = new World(random, toolClass);
  const row = newRow();
  const carrier = carrierTo(world, toolClass);
  for (let claims = 0; row.status === 'planned' || row.status === 'sending'; claims++) {
    if (claims > 100) throw new Error('it never ends');
    const interrupted = row.status === 'sending';
    move(row, 'claim', 'sending');
    if (interrupted) row.attempts.push(INTERRUPTED);
    row.sends += 1;
    row.triesLeft -= 1;
    const death = pick(random, DEATHS);
    if (death === 'before the call') continue;
    const claimed = {
      row: structuredClone(row) as DeliveryEntity,
      owner: 'a worker',
      interrupted,
      claimedAt: performance.now(),
    };
    const outcome = await carrier.carry(claimed);
    if (death === 'after the call') continue;
    move(row, outcome.status === 'planned' ? 'postpone' : 'settle', outcome.status);
    row.attempts.push(...outcome.attempts);
  }
  return { row, world };
}

// Real: the carrier, its schedule, the legal moves. Model: the row, the provider, the workers' deaths.
describe('a delivery, wherever its worker dies and whatever the provider does,', () => {
  it.each(TOOL_CLASSES)('of a tool that is %s: ends, and what it says is so', async (toolClass) => {
    const ends = new Set<string>();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { row, world } = await deliver(seed, toolClass);
      const about = { seed, status: row.status, effects: world.effects };
      ends.add(row.status);
      // Never twice.
      expect({ ...about, effects: Math.min(world.effects, 1) }).toEqual(about);
      if (row.status === 'succeeded') expect(about).toMatchObject({ effects: 1 });
      if (row.status === 'failed') expect(about).toMatchObject({ effects: 0 });
      // What may have happened once is not tried a second time where nobody could tell.
      if (toolClass === 'once' && row.attempts.some(({ outcome }) => outcome === 'uncertain')) {
        expect(about).toMatchObject({ status: 'uncertain' });
      }
    }
    // The model tries what it is there for.
    expect([...ends].sort()).toEqual(['failed', 'succeeded', 'uncertain']);
  });
});

type Row = Pick<
  DeliveryEntity,
  'actionId' | 'provider' | 'tool' | 'status' | 'attempts' | 'sends' | 'triesLeft'
> & { approvalExpiresAt: null };

function newRow(): Row {
  return {
    actionId: 'an action',
    provider: 'world',
    tool: 'world.act',
    status: 'planned',
    attempts: [],
    sends: 0,
    triesLeft: TRIES,
    approvalExpiresAt: null,
  };
}

const INTERRUPTED: DeliveryAttempt = {
  at: '2026-01-05T09:00:00.000Z',
  outcome: 'uncertain',
  ms: 0,
  reason: 'interrupted',
};

function move(
  row: Row,
  how: 'claim' | 'settle' | 'postpone',
  to: Outcome['status'] | 'sending',
): void {
  expect({ how, from: row.status, to, legal: isLegal(how, row.status, to) }).toMatchObject({
    legal: true,
  });
  row.status = to;
}

function carrierTo(world: World, toolClass: ToolClass): DeliveryCarrier {
  const provider = {
    id: 'world',
    tools: [
      { name: 'world.act', class: toolClass, risk: 'low' as const, description: '', arguments: {} },
    ],
    send: () => world.send(),
    find: () => world.find(),
  } as unknown as Provider;
  const registry = { find: () => provider } as unknown as ProviderRegistry;
  const connections = {
    open: () => Promise.resolve({ id: 'c', name: 'c', settings: {} }),
  } as unknown as ConnectionsService;
  return new DeliveryCarrier(registry, connections, patientCalls(SETTINGS));
}

function pick<T>(random: Seeded, from: readonly T[]): T {
  return from[Math.floor(random.next() * from.length)] as T;
}
