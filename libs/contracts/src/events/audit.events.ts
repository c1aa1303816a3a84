import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, ValidateNested } from 'class-validator';
import { AUDIT_ACTIONS } from '../audit/audit-actions';
import type { AuditAction } from '../audit/audit-details';
import { AuditActor } from '../audit/audit-entry';

/** A decision that the audit log keeps; when, is the envelope's `occurredAt`. Made with `audited()` of libs/service. */
export class AuditRecorded {
  @IsIn(AUDIT_ACTIONS) action: AuditAction;
  @ValidateNested() @Type(() => AuditActor) actor: AuditActor;
  @IsString() subjectId: string;
  @IsObject() details: Record<string, string | number>;
}
