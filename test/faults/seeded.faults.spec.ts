import { Seeded } from '../harness/seeded';
import { FaultRun } from './fault-run';
import { invariants, type Episode, type Invariant } from './invariants';
import { allFaults } from './kinds';
import { planEpisodes } from './plan';

const MINUTE = 60_000;
/** `FAULTS_SEED`, `FAULTS_COUNT` and `FAULTS_ONLY` (a part of a name) repeat or change a run. */
const seed = Number(process.env.FAULTS_SEED ?? 1);
const count = Number(process.env.FAULTS_COUNT ?? 30);
const only = process.env.FAULTS_ONLY ?? '';
const isReal = Boolean(process.env.TEST_DATABASE_URL);
const kinds = allFaults.filter(
  (fault) => fault.name.includes(only) && (isReal || !fault.needsPostgres),
);
const random = new Seeded(seed);
const plan = planEpisodes(kinds, count, random);
const outcome = (invariant: Invariant): [string, Invariant] => [invariant.says, invariant];

// Real: the six services as ten processes, Redis with its file, PostgreSQL (the embedded one unless TEST_DATABASE_URL
// names a server), the speech engine, sockets, a receiver of webhooks. The faults strike in an order that the seed decides.
describe(`faults, seed ${String(seed)}`, () => {
  let run: FaultRun;
  const report = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };

  const holds = async (invariant: Invariant, episode: Episode): Promise<void> => {
    const violations = await invariant.violations(episode);
    // At once: the figures of a run that is cut short are not lost.
    for (const violation of violations) report(`  ✗ ${invariant.says}: ${violation}`);
    expect(violations).toEqual([]);
  };

  beforeAll(async () => {
    run = await FaultRun.start(random, report);
  }, 3 * MINUTE);

  afterAll(async () => {
    await run.stop();
  }, MINUTE);

  describe('a meeting that nothing disturbs', () => {
    let episode: Episode;
    beforeAll(async () => {
      episode = await run.undisturbed();
    }, 3 * MINUTE);

    it.each(invariants.map(outcome))('%s', async (_, invariant) => {
      await holds(invariant, episode);
    });
  });

  describe.each(plan.map((planned, at) => ({ planned, number: at + 1 })))(
    'episode $number',
    ({ planned, number }) => {
      let episode: Episode;
      beforeAll(async () => {
        report(`episode ${String(number)} of ${String(plan.length)}`);
        episode = await run.disturbed(planned);
      }, 6 * MINUTE);

      it.each(invariants.map(outcome))('%s', async (_, invariant) => {
        await holds(invariant, episode);
      });
    },
  );
});
