import type { PrivacyMode } from '../meeting/meeting';
import type { SuggestionKind } from '../meeting/suggestion';

/**
 * The decisions that the audit log keeps, and what it says of each: names, ids and hashes, never what was spoken or
 * written in a document.
 */
export interface AuditDetails {
  'workspace.created': { name: string };
  'workspace.changed': {
    name: string;
    redactPersonalData: 'yes' | 'no';
    redactNames: 'yes' | 'no';
    privacyMode: PrivacyMode;
    /** How many it expects to hear. */
    words: number;
  };
  'key.created': { name: string; scopes: string; expiresAt?: string };
  'key.revoked': { name: string };
  'sign-in.completed': { name: string; scopes: string; expiresAt: string };
  /** By themselves, or because they signed in elsewhere too often. */
  'sign-in.ended': { name: string };
  'connection.created': { provider: string; name: string };
  'connection.changed': { provider: string; name: string };
  'connection.read': { provider: string; tool: string };
  'connection.removed': Empty;
  'subscription.created': { kinds: string };
  'subscription.changed': { kinds: string };
  'subscription.rotated': Empty;
  'subscription.paused': { reason: string };
  'subscription.resumed': Empty;
  'subscription.removed': Empty;
  'calendar-feed.created': { name: string };
  'calendar-feed.removed': Empty;
  'suggestion.proposed': { kind: SuggestionKind; evidenceHash: string };
  'suggestion.approved': {
    kind: SuggestionKind;
    actionId: string;
    connectionId: string;
    argumentsHash: string;
    evidenceHash: string;
  };
  'suggestion.rejected': { kind: SuggestionKind; evidenceHash: string };
  'task.done': Empty;
  'task.reopened': Empty;
  'delivery.succeeded': DeliveryDetails;
  'delivery.failed': DeliveryDetails;
  'delivery.uncertain': DeliveryDetails;
  'delivery.retried': Empty;
  'document.removed': Empty;
  'dead-letter.replayed': Empty;
  'dead-letter.discarded': Empty;
  'dead-letters.replayed': { letters: number };
  'meeting.privacy-changed': { privacyMode: PrivacyMode; atMs: number };
  'meeting.erased': Empty;
  'recording.erased': Empty;
  'recording.stopped': Empty;
  /** Of the workspace; not of whom: the log is for good. */
  'participant.exported': { by: 'email' | 'name' };
}

interface DeliveryDetails {
  actionId: string;
  provider: string;
  tool: string;
  attempts: number;
}

type Empty = Record<string, never>;

export type AuditAction = keyof AuditDetails;
