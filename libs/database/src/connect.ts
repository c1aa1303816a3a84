import { setTimeout as wait } from 'node:timers/promises';
import { StartWaitError } from '@parley/health';
import { logEvent } from '@parley/observability';
import type { DataSource } from 'typeorm';
import { databaseAwayReason, reconnectDelayMs } from './connect-errors';
import type { TableHolding } from './erasure/holding';
import { migrate } from './migrate';

export interface ConnectOptions {
  /** Ends the waiting. */
  signal: AbortSignal;
  /** Longest to wait for a server that is away. Unset: for ever. */
  giveUpAfterMs?: number;
  /** Told why, each time it is tried again. */
  away(reason: string): void;
  /** Tables to be guarded against erased meetings. */
  holdings?: readonly TableHolding[];
}

const REMIND_EVERY_MS = 60_000;

/**
 * Connects and migrates. A server that is away, or that refuses us, is waited for with backoff and jitter.
 * @throws StartWaitError when it was away too long; the reason of `signal`; what a migration failed with.
 */
export async function connect(
  dataSource: DataSource,
  schema: string,
  options: ConnectOptions,
): Promise<void> {
  const { signal, giveUpAfterMs = Infinity } = options;
  const startedAt = Date.now();
  let said = { reason: '', at: 0 };
  for (let attempt = 0; ; attempt++) {
    try {
      await orAborted(signal, open(dataSource, schema, options.holdings));
      if (said.at > 0) logEvent('database.back');
      return;
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy().catch(() => undefined);
      signal.throwIfAborted();
      const reason = databaseAwayReason(error);
      if (reason === null) throw error;
      if (Date.now() - startedAt >= giveUpAfterMs) {
        throw new StartWaitError('the database', 'DATABASE_URL', reason, { cause: error });
      }
      options.away(reason);
      // Once per reason and minute: an operator reads it, nobody needs it a thousand times.
      if (reason !== said.reason || Date.now() - said.at > REMIND_EVERY_MS) {
        logEvent('database.away', { err: error });
        said = { reason, at: Date.now() };
      }
      await wait(reconnectDelayMs(attempt), undefined, { signal });
    }
  }
}

async function open(
  dataSource: DataSource,
  schema: string,
  holdings?: readonly TableHolding[],
): Promise<void> {
  if (!dataSource.isInitialized) await dataSource.initialize();
  await migrate(dataSource, schema, holdings);
}

/** A connection attempt takes no signal: it is left behind. */
async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
