import { auditHash, FIRST_PREVIOUS_HASH, type AuditEntry } from './audit-entry';

/**
 * Follows a workspace's chain from its newest entry to its first, as the API lists them.
 * The end of the log cannot vouch for itself: whoever cuts off the newest entries leaves a chain that holds, so keep
 * the newest hash elsewhere.
 */
export class ChainCheck {
  private later: AuditEntry | undefined;
  /** How many entries it has followed. */
  count = 0;
  /** The first that was given: the newest. */
  newest: AuditEntry | undefined;

  /** @returns what is wrong with the next older entry, or null. */
  follow(entry: AuditEntry): string | null {
    const { later } = this;
    this.newest ??= entry;
    this.later = entry;
    this.count += 1;
    if (entry.hash !== auditHash(entry)) {
      return `entry ${entry.sequence} is not what was written: its hash does not match`;
    }
    if (later && entry.sequence !== later.sequence - 1) {
      return `between entries ${entry.sequence} and ${later.sequence} something is missing`;
    }
    if (later && entry.hash !== later.previousHash) {
      return `entry ${later.sequence} was written after another entry ${entry.sequence} than this one`;
    }
    return null;
  }

  /** @returns what is wrong when no older entry follows, or null. */
  end(): string | null {
    const { later: first } = this;
    if (!first) return null;
    return first.sequence === 1 && first.previousHash === FIRST_PREVIOUS_HASH
      ? null
      : `the log begins with entry ${first.sequence}: what came before is missing`;
  }
}
