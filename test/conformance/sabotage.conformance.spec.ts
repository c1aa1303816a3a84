import { allPledges } from './all-pledges';
import { Checks } from './checks';
import { BrokenConnectionError, BrokenPromiseError } from '../harness/broken-promise';
import { endSpare } from './harness/spare';
import type { Subject } from './harness/subject';
import { startCareless } from './sabotage/careless-subject';
import { ROWS, type Pledge } from './pledge';

const MINUTE = 60_000;
const AT_ONCE = 12;
const possible = allPledges.filter((pledge) => !pledge.impossible?.());

// Real: what the six services are tried with. Made up: a service that keeps no promise at all. A promise that it
// seems to keep is one whose test could not fail.
describe('a service that keeps no promise', () => {
  let subject: Subject;
  let stop: () => Promise<void>;
  const checks = new Checks();

  beforeAll(async () => {
    ({ subject, stop } = await startCareless());
    checks.begin(
      possible.map((pledge) => [{ subject, pledge }]),
      AT_ONCE,
    );
  }, MINUTE);

  afterAll(async () => {
    await checks.ended();
    await endSpare(subject);
    await stop();
  }, MINUTE);

  it.each(possible.map((pledge): [string, Pledge] => [nameOf(pledge), pledge]))(
    'is found out: %s',
    async (_, pledge) => {
      const failure = await checks.outcome({ subject, pledge }).then(
        () => 'nothing',
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(BrokenPromiseError);
      // It was there and answered: what it answered was wrong.
      expect(failure).not.toBeInstanceOf(BrokenConnectionError);
    },
    2 * MINUTE,
  );
});

function nameOf({ row, says }: Pledge): string {
  return `${String(row)} ${ROWS[row]}: ${says}`;
}
