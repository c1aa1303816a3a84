import { databaseAwayReason } from '@parley/database';
import { Gathering } from './gathering';

/** Keeps one statement, or one transaction, short. */
const MOST_AT_ONCE = 64;
/** Of what the database says by SQLSTATE, that which one row may be to blame for: data, constraints, and what is erased. */
const OF_ONE_ROW = /^(?:22|23|PY)/;

/**
 * What one statement, or one transaction, does for all who ask meanwhile. What the database says of the whole, that it is
 * away or took too long, it says to all of them: each would wait for it by itself, one after the other.
 */
export class SharedStatement<Item, Result> extends Gathering<Item, Result> {
  /** @param work as {@link Gathering} takes it */
  constructor(work: (items: readonly Item[]) => Promise<readonly Result[]>) {
    super(work, MOST_AT_ONCE, mayBeOneRows);
  }
}

function mayBeOneRows(error: unknown): boolean {
  if (databaseAwayReason(error) !== null) return false;
  const { code } = error as { code?: unknown };
  return typeof code !== 'string' || OF_ONE_ROW.test(code);
}
