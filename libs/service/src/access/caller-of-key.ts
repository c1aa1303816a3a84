import type { KeyId } from '@parley/contracts';

/** Before a key's id it is the caller's: by that, limits and the audit log know who holds it. */
const CALLER = 'key:';

/** What a caller is called who shows this key of a workspace. */
export function callerOfKey(keyId: string): string {
  return CALLER + keyId;
}

/** The key of a member, by what {@link callerOfKey} calls them. */
export function keyOfCaller(callerId: string): KeyId {
  return callerId.slice(CALLER.length) as KeyId;
}
