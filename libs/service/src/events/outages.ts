import { OutageError } from '@parley/bus';
import { databaseAwayReason, databaseTakesNoWrites } from '@parley/database';
import type { HealthRegistry } from '@parley/health';
import { redisAwayReason } from '@parley/redis';

/**
 * Runs an event handler, and tells its own failure from that of what it needs: while Postgres or Redis is away,
 * the event waits for it instead of being given up.
 * @throws OutageError when a dependency is away, else what `handle` threw.
 */
export async function tellingOutages(
  health: HealthRegistry,
  handle: () => Promise<void>,
): Promise<void> {
  try {
    await handle();
  } catch (error) {
    throw (await isOutage(health, error)) ? new OutageError(error) : error;
  }
}

/** Both sides are asked: one message that breaks its own connection must not hold up all the others for ever. */
async function isOutage(health: HealthRegistry, error: unknown): Promise<boolean> {
  // A server that is full, or a replica that was not promoted yet, answers its probe as ever.
  if (databaseTakesNoWrites(error)) return true;
  if ((databaseAwayReason(error) ?? redisAwayReason(error)) === null) return false;
  const required = health.checks.filter(({ check }) => check.required);
  const findings = await Promise.all(required.map((cache) => cache.ask()));
  return findings.some(({ up }) => !up);
}
