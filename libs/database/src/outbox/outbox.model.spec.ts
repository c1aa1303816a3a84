import { newId, type Envelope } from '@parley/contracts';
import { someEvent } from '../testing/service-app';
import { Chance } from '../testing/model/chance';
import { ModelBus } from '../testing/model/model-bus';
import { ModelProcess } from '../testing/model/model-process';
import { ModelTable } from '../testing/model/model-table';

const SEEDS = Array.from({ length: 15 }, (_, index) => index + 1);
const STEPS = 120;
/** A claim of the dead runs out, the longest rest ends, and what waited is sent. */
const MENDED_MS = 60_000;

class RolledBack extends Error {}

// Real: relay, watch, marks, units of work. Model: the table, the bus, its handlers, the clock, deaths.
describe('the outbox, whatever its bus does,', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('with two relays that die anywhere: what was committed is handled, what was rolled back never leaves', async () => {
    let losses = 0;
    let lostAtWork = 0;
    for (const seed of SEEDS) {
      const model = new Model(seed, { replicas: 2, deaths: true, failures: 0.03 });
      await model.run();
      const { bus, table } = model;
      const unhandled = table.rows.filter(({ envelope }) => !bus.handled.has(envelope.id));
      expect({ seed, unhandled: unhandled.map(({ position }) => position) }).toEqual({
        seed,
        unhandled: [],
      });
      const left = model.rolledBack.filter(({ id }) => bus.arrived.has(id));
      expect({ seed, left }).toEqual({ seed, left: [] });
      expect({ seed, waiting: table.claim(1) }).toEqual({ seed, waiting: [] });
      losses += table.losses;
      lostAtWork += model.rolledBack.length;
    }
    // The model tries what it is there for.
    expect(losses).toBeGreaterThan(SEEDS.length);
    expect(lostAtWork).toBeGreaterThan(SEEDS.length);
  });

  it('with one relay that lives: of each meeting, what comes first was written first', async () => {
    for (const seed of SEEDS) {
      const model = new Model(seed, { replicas: 1, deaths: false, failures: 0 });
      await model.run();
      const { bus, table } = model;
      for (const meeting of model.meetings) {
        const of = (events: Envelope[]): string[] =>
          events.filter(({ meetingId }) => meetingId === meeting).map(({ id }) => id);
        expect({ seed, arrived: of([...bus.arrived.values()]) }).toEqual({
          seed,
          arrived: of(table.rows.map(({ envelope }) => envelope)),
        });
      }
    }
  });
});

class Model {
  readonly meetings = Array.from({ length: 4 }, () => newId());
  readonly rolledBack: Envelope[] = [];
  readonly bus: ModelBus;
  readonly table = new ModelTable();
  private readonly chance: Chance;
  private readonly processes: ModelProcess[] = [];
  /** What writes about a meeting has its row, until it commits. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    seed: number,
    private readonly options: { replicas: number; deaths: boolean; failures: number },
  ) {
    this.chance = new Chance(seed);
    // The relay's rests are as much by chance as anything else here.
    jest.spyOn(Math, 'random').mockImplementation(() => this.chance.next());
    this.bus = new ModelBus(this.chance);
    for (let replica = 0; replica < options.replicas; replica++) this.start(replica);
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      this.act();
      const ms = this.chance.happens(0.2) ? this.chance.below(9_000) : this.chance.below(60);
      await jest.advanceTimersByTimeAsync(ms);
    }
    this.bus.become('up');
    this.processes.forEach((_, replica) => {
      this.restart(replica);
    });
    await jest.advanceTimersByTimeAsync(MENDED_MS);
    jest.clearAllTimers();
  }

  private act(): void {
    const die = this.chance.below(100);
    if (die < 70) this.write();
    else if (die < 76) this.bus.become('failing');
    else if (die < 82) this.bus.become('hung');
    else if (die < 92) this.bus.become('up');
    else if (die < 96) this.loseData();
    else this.restart(this.chance.below(this.options.replicas));
  }

  private loseData(): void {
    this.bus.become('failing');
    this.bus.loseData();
    this.bus.become('up');
  }

  private start(replica: number): void {
    const { failures } = this.options;
    const { table, bus, chance } = this;
    this.processes[replica] = new ModelProcess(table, bus, chance, failures, this.options.deaths);
  }

  private restart(replica: number): void {
    if (!this.options.deaths) return;
    this.processes[replica]?.crash();
    this.start(replica);
  }

  /** A burst about one meeting; some of it thinks better of it. */
  private write(): void {
    const meeting = this.meetings[this.chance.below(this.meetings.length)] ?? '';
    const process = this.processes[this.chance.below(this.options.replicas)];
    const units = this.chance.happens(0.1) ? 80 : 1 + this.chance.below(4);
    for (let unit = 0; unit < units; unit++) {
      const events = Array.from({ length: 1 + this.chance.below(3) }, () => someEvent(meeting));
      const rollBack = this.chance.happens(0.15);
      if (rollBack) this.rolledBack.push(...events);
      const before = this.turns.get(meeting) ?? Promise.resolve();
      const committing = before.then(() =>
        process?.work
          .run((given) => {
            for (const event of events) given.emit(event);
            return rollBack ? Promise.reject(new RolledBack()) : Promise.resolve();
          })
          .catch((error: unknown) => {
            if (!(error instanceof RolledBack)) throw error;
          }),
      );
      // The dead hold their rows no longer than the database takes to notice.
      this.turns.set(meeting, Promise.race([committing, process?.death]));
    }
  }
}
