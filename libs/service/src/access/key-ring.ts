import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { keyIdIn, type AnnouncedKey } from '@parley/contracts';
import type { Caller } from '@parley/observability';

/** Who shows a key, or why they may not come in. */
export type Shown =
  | { kind: 'known'; caller: Caller; workspaceId: string }
  | { kind: 'no-key' | 'wrong' | 'expired' | 'not-known-yet' | 'unknown' };

/** Before a key's id it is the caller's: by that, limits and the audit log know who holds it. */
const CALLER = 'key:';

interface HeldKey {
  hash: Buffer;
  expiresAtMs: number;
  workspaceId: string;
  caller: Caller;
}

/**
 * The API keys of all workspaces as ingestion last told them, in memory: a request is let in, or not, without asking
 * anybody. Before ingestion has told them no key of a workspace is taken.
 */
@Injectable()
export class KeyRing {
  private keys: ReadonlyMap<string, HeldKey> | null = null;
  /** Told apart from what ingestion's last answer says: that may have been on its way when the key was revoked. */
  private readonly revoked = new Set<string>();
  private readonly ends = new Map<string, Set<() => void>>();

  /** How many keys it holds; null before ingestion has told them. */
  get size(): number | null {
    return this.keys?.size ?? null;
  }

  /** Puts all keys that are valid now in the place of those before. */
  replace(announced: readonly AnnouncedKey[]): void {
    const before = this.keys;
    const valid = announced.filter(({ id }) => !this.revoked.has(id));
    this.keys = new Map(valid.map((key) => [key.id, heldKey(key)]));
    for (const id of before?.keys() ?? []) if (!this.keys.has(id)) this.end(id);
  }

  /** At once and for good, whatever an older answer of ingestion says. */
  revoke(id: string): void {
    this.revoked.add(id);
    const left = new Map(this.keys);
    if (this.keys && left.delete(id)) this.keys = left;
    this.end(id);
  }

  /**
   * @param secret what is shown, and its SHA-256: the caller has it already.
   * @param nowMs since the Unix epoch.
   */
  match(secret: string, shownHash: Buffer, nowMs: number): Shown {
    const id = keyIdIn(secret);
    if (id === null) return { kind: 'no-key' };
    if (this.keys === null) return { kind: 'not-known-yet' };
    const key = this.keys.get(id);
    if (!key) return { kind: this.revoked.has(id) ? 'wrong' : 'unknown' };
    if (!timingSafeEqual(key.hash, shownHash)) return { kind: 'wrong' };
    if (key.expiresAtMs <= nowMs) return { kind: 'expired' };
    return { kind: 'known', caller: key.caller, workspaceId: key.workspaceId };
  }

  /** Whether the key is valid still in whose name somebody acts; who has none cannot lose it. */
  holds({ id, kind }: Caller): boolean {
    return kind !== 'member' || this.keys?.has(id.slice(CALLER.length)) === true;
  }

  /**
   * Runs `end` when the caller's key is revoked, at once if it was: for what lasts longer than a request.
   * @returns the call that forgets it.
   */
  onEnd(caller: Caller, end: () => void): () => void {
    if (!this.holds(caller)) end();
    if (caller.kind !== 'member') return () => undefined;
    const { id } = caller;
    const ends = this.ends.get(id) ?? new Set();
    this.ends.set(id, ends.add(end));
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.ends.get(id) === ends) this.ends.delete(id);
    };
  }

  private end(keyId: string): void {
    for (const end of [...(this.ends.get(CALLER + keyId) ?? [])]) end();
  }
}

function heldKey({ id, workspaceId, name, scopes, hash, expiresAt }: AnnouncedKey): HeldKey {
  return {
    hash: Buffer.from(hash, 'hex'),
    expiresAtMs: expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
    workspaceId,
    caller: { id: CALLER + id, kind: 'member', name, scopes },
  };
}
