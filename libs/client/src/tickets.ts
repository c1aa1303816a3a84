import { unwrap } from './problems/unwrap';
import type { ServiceClients } from './services';

/**
 * Takes a single-use ticket for a meeting's sockets, good for a minute.
 * @throws ParleyProblem when the key is not valid, or there is no such meeting.
 */
export async function takeTicket(
  ingestion: ServiceClients['ingestion'],
  meetingId: string,
  signal?: AbortSignal,
): Promise<string> {
  const params = { path: { id: meetingId } };
  const { ticket } = await unwrap(
    ingestion.POST('/v1/meetings/{id}/tickets', { params, signal: signal ?? null }),
  );
  return ticket;
}
