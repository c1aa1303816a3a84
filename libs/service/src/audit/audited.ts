import {
  makeEvent,
  type AuditAction,
  type AuditDetails,
  type AuditEntry,
  type Envelope,
} from '@parley/contracts';
import { requestContext } from '@parley/observability';

/** Whose work is nobody's: that of events and timers. */
const NOBODY = 'nobody';

interface AuditedAbout {
  workspaceId?: string;
  meetingId?: string;
  /** Who decided, where the request does not say it: somebody who signs in shows no key yet. */
  actor?: AuditEntry['actor'];
}

/**
 * Tells the audit log of a decision of the caller in hand; where an event led to it, of the service itself. Emit it in
 * the unit of work that carries the decision out:
 *
 * `emit(audited('connection.removed', id, {}))`
 */
export function audited<Action extends AuditAction>(
  action: Action,
  subjectId: string,
  details: AuditDetails[Action],
  { actor: named, ...about }: AuditedAbout = {},
): Envelope<'audit.recorded'> {
  const { caller, service, workspaceId } = requestContext();
  const isRequest = caller.id !== NOBODY;
  const actor =
    named ??
    (isRequest
      ? { id: caller.id, name: caller.name }
      : { id: `service:${service}`, name: service });
  return makeEvent(
    'audit.recorded',
    { action, actor, subjectId, details: { ...details } },
    { workspaceId, ...about },
  );
}
