import type { Delivery } from '@parley/contracts';
import type { DeliveryEntity } from './delivery.entity';

/** A delivery as clients and events see it. */
export function toDelivery(row: DeliveryEntity): Delivery {
  const { id, actionId, suggestionId, meetingId, provider, tool, status, attempts } = row;
  return {
    id,
    actionId,
    suggestionId,
    meetingId,
    provider,
    tool,
    status,
    attempts,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.externalId === null ? {} : { externalId: row.externalId }),
    ...(row.url === null ? {} : { url: row.url }),
  };
}
