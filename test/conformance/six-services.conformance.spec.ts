import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import { allPledges } from './all-pledges';
import { Checks, type Check } from './checks';
import { endSpare } from './harness/spare';
import { startWorld, type World } from './harness/world';
import { applies, ROWS, type Pledge, type Row } from './pledge';

const MINUTE = 60_000;
/** Services that are tried at a time: two cores, and much of the time is waiting. */
const SERVICES_AT_ONCE = 2;
/** Checks that only wait cost next to nothing. */
const WAITING_AT_ONCE = 12;

/** `CONFORMANCE_SERVICES=nlu,rag` and `CONFORMANCE_ROWS=1,7` look at a part, while one works on it. */
const services = chosen('CONFORMANCE_SERVICES', SERVICE_NAMES);
const rows = chosen('CONFORMANCE_ROWS', Object.keys(ROWS));
const pledges = allPledges.filter(({ row }) => rows.includes(String(row)));

// Real: six processes from the build, Redis, PostgreSQL (the embedded one unless TEST_DATABASE_URL names a server),
// HTTP, signals. Made up: the trace collector, and for some promises the neighbours.
describe('conformance', () => {
  let world: World;
  const checks = new Checks();

  beforeAll(async () => {
    // All six, also when a part is looked at: they call each other.
    world = await startWorld();
    const all = services.map((name) => checksOf(name));
    checks.begin(
      all.flatMap((list) => list.filter(({ pledge }) => pledge.waits).map((check) => [check])),
      WAITING_AT_ONCE,
    );
    checks.begin(
      all.map((list) => list.filter(({ pledge }) => !pledge.waits)),
      SERVICES_AT_ONCE,
    );
  }, 3 * MINUTE);

  afterAll(async () => {
    await checks.ended();
    if (process.env.CONFORMANCE_TIMES) {
      const slowest = [...checks.took].sort(([, a], [, b]) => b - a).slice(0, 40);
      for (const [name, ms] of slowest)
        process.stderr.write(`${String(ms).padStart(7)} ms  ${name}\n`);
    }
    await Promise.all(services.map((name) => endSpare(world.subjects[name])));
    await world.stop();
  }, 2 * MINUTE);

  describe.each(services)('%s', (name) => {
    for (const row of Object.keys(ROWS).map(Number) as Row[]) {
      const mine = pledges.filter((pledge) => pledge.row === row && applies(pledge, name));
      if (mine.length === 0) continue;
      describe(`${String(row)} ${ROWS[row]}`, () => {
        it.each(mine.map((pledge): [string, Pledge] => [pledge.says, pledge]))(
          '%s',
          (_, pledge) => checks.outcome({ subject: world.subjects[name], pledge }),
          10 * MINUTE,
        );
      });
    }
  });

  function checksOf(name: ServiceName): Check[] {
    const subject = world.subjects[name];
    return pledges.filter((pledge) => applies(pledge, name)).map((pledge) => ({ subject, pledge }));
  }
});

function chosen<Name extends string>(variable: string, all: readonly Name[]): readonly Name[] {
  const wanted = process.env[variable]?.split(',');
  return wanted ? all.filter((name) => wanted.includes(name)) : all;
}
