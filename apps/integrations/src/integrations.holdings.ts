import type { TableHolding } from '@parley/database';

/** What an unfinished delivery becomes: what was approved is gone, and so must not be sent. */
const EMPTIED = `
  arguments = '{}', citations = '[]', url = NULL, external_id = NULL,
  attempts = (SELECT coalesce(jsonb_agg(attempt - 'reason'), '[]') FROM jsonb_array_elements(attempts) attempt),
  reason = CASE WHEN status IN ('planned', 'sending') THEN 'the meeting was erased' END,
  status = CASE status WHEN 'planned' THEN 'failed' WHEN 'sending' THEN 'uncertain' ELSE status END,
  lease_owner = NULL, lease_until = NULL, sending_since = NULL, updated_at = now()`;

/** What integrations keeps of meetings. */
export const integrationsHoldings: TableHolding[] = [
  {
    table: 'deliveries',
    holds: 'what was sent where: arguments, quotes, attempts',
    onErasure: {
      set: EMPTIED,
      rest: 'that something was delivered: provider, tool, when, how it ended, ids',
    },
    words: {
      set: 'citations = integrations.without_quotes(citations)',
      stays: 'what a person approved, without quotes',
    },
  },
  {
    table: 'subscription_messages',
    holds:
      'which timeline entries were posted to which subscription, and when; nothing of what they say',
    onErasure: 'delete',
  },
];
