import { auditHash, type AuditEntry, type Envelope } from '@parley/contracts';
import type { AuditEntryEntity } from './audit-entry.entity';

export function toAuditEntry(row: AuditEntryEntity): AuditEntry {
  const { at, actorId, actorName, ...fields } = row;
  return { ...fields, at: at.toISOString(), actor: { id: actorId, name: actorName } };
}

/** The entry that an event becomes, chained to what `previousHash` is of. */
export function chained(
  { id, workspaceId, occurredAt, data }: Envelope<'audit.recorded'>,
  sequence: number,
  previousHash: string,
): AuditEntryEntity {
  const { action, actor, subjectId, details } = data;
  const row = {
    ...{ id, workspaceId, sequence, action, subjectId, details, previousHash },
    at: new Date(occurredAt),
    actorId: actor.id,
    actorName: actor.name,
    hash: '',
  };
  return { ...row, hash: auditHash(toAuditEntry(row)) };
}
