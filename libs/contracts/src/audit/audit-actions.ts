import type { AuditAction } from './audit-details';

/** What happened, said of its subject. */
export const auditActions: Readonly<Record<AuditAction, string>> = {
  'workspace.created': 'workspace was made',
  'workspace.changed': 'workspace was changed',
  'key.created': 'API key was made',
  'key.revoked': 'API key was revoked',
  'connection.created': 'connection was made',
  'connection.changed': 'connection was changed',
  'connection.removed': 'connection was removed',
  'subscription.created': 'subscription was made',
  'subscription.changed': 'subscription was changed',
  'subscription.rotated': 'secret of the subscription was replaced',
  'subscription.paused': 'subscription was paused',
  'subscription.resumed': 'subscription was resumed',
  'subscription.removed': 'subscription was removed',
  'calendar-feed.created': 'calendar feed was added',
  'calendar-feed.removed': 'calendar feed was removed',
  'suggestion.proposed': 'suggestion was proposed by an assistant',
  'suggestion.approved': 'suggestion was approved',
  'suggestion.rejected': 'suggestion was rejected',
  'task.done': 'task was said to be done',
  'task.reopened': 'task was said to be open again',
  'delivery.succeeded': 'delivery succeeded',
  'delivery.failed': 'delivery failed',
  'delivery.uncertain': 'delivery may or may not have happened',
  'delivery.retried': 'delivery is to be tried again',
  'document.removed': 'document was removed',
  'dead-letter.replayed': 'dead letter was handed back',
  'dead-letter.discarded': 'dead letter was thrown away',
  'dead-letters.replayed': 'dead letters were handed back',
  'meeting.privacy-changed': 'privacy of the meeting was changed',
  'meeting.erased': 'meeting was erased',
  'recording.erased': 'audio of the meeting was erased',
  'participant.exported': 'everything about a participant was exported',
};

export const AUDIT_ACTIONS = Object.keys(auditActions) as AuditAction[];
