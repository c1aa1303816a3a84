/** Why something was made the lesser way: no model is configured, it failed, or the meeting's tokens are spent. */
export const DEGRADED_REASONS = ['no-model', 'model-failed', 'budget-spent'] as const;
export type DegradedReason = (typeof DEGRADED_REASONS)[number];
