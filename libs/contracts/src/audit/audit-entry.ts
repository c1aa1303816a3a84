import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { canonicalJson, sha256Hex } from '../events/approval-signature';
import { AUDIT_ACTIONS } from './audit-actions';
import type { AuditAction } from './audit-details';

/** `previousHash` of a workspace's first entry. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

/** Who decided: the caller's stable id, such as `key:<id>`, and the name of the key. */
export class AuditActor {
  @IsString() id: string;
  @IsString() name: string;
}

/** One decision, chained to the one before it in its workspace: see `auditHash`. */
export class AuditEntry {
  /** 1, 2, 3 … within the workspace. */
  @IsInt() @Min(1) sequence: number;
  /** Of the event that told of it. */
  @IsString() id: string;
  @IsString() workspaceId: string;
  @IsISO8601() at: string;
  @IsIn(AUDIT_ACTIONS) action: AuditAction;
  @ValidateNested() @Type(() => AuditActor) actor: AuditActor;
  /** Id of what was decided about. */
  @IsString() subjectId: string;
  /** Names, ids and hashes; never what was said. */
  @IsObject() details: Record<string, string | number>;
  /** `hash` of the entry before; 64 zeros before the first. */
  @Matches(/^[0-9a-f]{64}$/) previousHash: string;
  /** SHA-256, hex, of the canonical JSON of all the fields above. */
  @Matches(/^[0-9a-f]{64}$/) hash: string;
}

/** What chains an entry to the one before: nothing of it can change without every later hash changing, too. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, id, workspaceId, at, action, actor, subjectId, details, previousHash } = entry;
  const { id: actorId, name } = actor;
  return sha256Hex(
    canonicalJson({
      ...{ sequence, id, workspaceId, at, action, subjectId, details, previousHash },
      actor: { id: actorId, name },
    }),
  );
}
