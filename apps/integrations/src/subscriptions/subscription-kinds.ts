import { TIMELINE_TYPES, type TimelineType } from '@parley/contracts';

/** What can be subscribed to: all that is kept on a timeline. Partial segments are passed on live and never kept. */
export type SubscriptionKind = Exclude<TimelineType, 'segment.partial'>;

export const SUBSCRIPTION_KINDS = TIMELINE_TYPES.filter(
  (type): type is SubscriptionKind => type !== 'segment.partial',
);

export const SUBSCRIPTION_STATUSES = ['active', 'paused'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** `gone`: the receiver answered 410. `failing`: nothing got through for SUBSCRIPTION_PAUSE_AFTER_HOURS. */
export const PAUSE_REASONS = ['by request', 'gone', 'failing'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** `dropped`: what it was about is no longer there. */
export const MESSAGE_STATUSES = ['planned', 'sending', 'succeeded', 'failed', 'dropped'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];
