import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FifoMap, keyIdIn, type AnnouncedKey } from '@parley/contracts';
import type { Caller } from '@parley/observability';
import { callerOfKey, keyOfCaller } from './caller-of-key';

/** Who shows a key, or why they may not come in. */
export type Shown =
  | { kind: 'known'; caller: Caller; workspaceId: string }
  | { kind: 'unknown'; keyId: string }
  | { kind: 'no-key' | 'wrong' | 'expired' | 'not-known-yet' };

/** An answer that is older than so many revocations does not come any more. */
const MOST_REVOKED = 10_000;

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
  private readonly revoked = new FifoMap<true>();
  private readonly ends = new Map<string, Set<() => void>>();

  /** How many keys it holds; null before ingestion has told them. */
  get size(): number | null {
    return this.keys?.size ?? null;
  }

  has(id: string): boolean {
    return this.keys?.has(id) === true;
  }

  /** Puts all keys that are valid now in the place of those before. */
  replace(announced: readonly AnnouncedKey[]): void {
    const before = this.keys;
    const valid = announced.filter(({ id }) => !this.revoked.get(id));
    this.keys = new Map(valid.map((key) => [key.id, heldKey(key)]));
    for (const id of before?.keys() ?? []) if (!this.keys.has(id)) this.end(id);
  }

  /** Beside those that it holds; nothing before it was told all. */
  add(announced: readonly AnnouncedKey[]): void {
    if (this.keys === null) return;
    const valid = announced.filter(({ id }) => !this.revoked.get(id));
    if (valid.length === 0) return;
    this.keys = new Map([...this.keys, ...valid.map((key) => [key.id, heldKey(key)] as const)]);
  }

  /** At once and for good, whatever an older answer of ingestion says. */
  revoke(id: string): void {
    this.revoked.set(id, true);
    const oldest = this.revoked.oldest();
    if (oldest && this.revoked.size > MOST_REVOKED) this.revoked.delete(oldest.key);
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
    if (!key) return this.revoked.get(id) ? { kind: 'wrong' } : { kind: 'unknown', keyId: id };
    if (!timingSafeEqual(key.hash, shownHash)) return { kind: 'wrong' };
    if (key.expiresAtMs <= nowMs) return { kind: 'expired' };
    return { kind: 'known', caller: key.caller, workspaceId: key.workspaceId };
  }

  /** Whether the key is valid still in whose name somebody acts; who has none cannot lose it. */
  holds({ id, kind }: Caller): boolean {
    return kind !== 'member' || this.has(keyOfCaller(id));
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
    for (const end of [...(this.ends.get(callerOfKey(keyId)) ?? [])]) end();
  }
}

function heldKey({ id, workspaceId, name, scopes, hash, expiresAt }: AnnouncedKey): HeldKey {
  return {
    hash: Buffer.from(hash, 'hex'),
    expiresAtMs: expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
    workspaceId,
    caller: { id: callerOfKey(id), kind: 'member', name, scopes },
  };
}
