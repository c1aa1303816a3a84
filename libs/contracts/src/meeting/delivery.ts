export const DELIVERY_STATUSES = [
  'planned',
  'sending',
  'succeeded',
  'failed',
  'uncertain',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export interface DeliveryAttempt {
  /** RFC 3339 UTC. */
  at: string;
  outcome: 'succeeded' | 'failed' | 'uncertain';
  /** HTTP status, where there was one. */
  status?: number;
  ms: number;
  reason?: string;
}

export interface Delivery {
  id: string;
  actionId: string;
  suggestionId?: string;
  meetingId: string;
  provider: string;
  tool: string;
  status: DeliveryStatus;
  attempts: DeliveryAttempt[];
  /** Why it failed, waits or is uncertain. */
  reason?: string;
  externalId?: string;
  url?: string;
}
