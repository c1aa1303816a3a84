import type { AnnouncedKey } from '@parley/contracts';
import type { KeyView } from './key.dto';
import type { KeyEntity } from './key.entity';

/** What people see of a key: not its hash. */
export function toKeyView(row: KeyEntity): KeyView {
  const { id, workspaceId, name, scopes, signedIn, createdBy, createdAt, expiresAt } = row;
  return {
    ...{ id, workspaceId, name, scopes, signedIn, createdBy },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

/** What the other services know it by. */
export function toAnnounced(row: KeyEntity): AnnouncedKey {
  const { id, workspaceId, name, scopes, hash, expiresAt } = row;
  return { id, workspaceId, name, scopes, hash, expiresAt: expiresAt?.toISOString() ?? null };
}
