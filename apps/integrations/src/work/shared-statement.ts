import { databaseAwayReason } from '@parley/database';
import { Gathering } from './gathering';

/** Keeps one statement, or one transaction, short. */
const MOST_AT_ONCE = 64;

/**
 * What one statement, or one transaction, does for all who ask meanwhile. While the database is away it is away for all of
 * them: each would wait out its own time limit, one after the other.
 */
export class SharedStatement<Item, Result> extends Gathering<Item, Result> {
  /** @param work as {@link Gathering} takes it */
  constructor(work: (items: readonly Item[]) => Promise<readonly Result[]>) {
    super(work, MOST_AT_ONCE, (error) => databaseAwayReason(error) === null);
  }
}
