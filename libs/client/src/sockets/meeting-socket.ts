import type { ServiceClients } from '../services';
import { takeTicket } from '../tickets';
import { socketUrl, type OpenSocket, type SocketLike } from './socket';

/** How to come to a meeting's sockets. */
export interface SocketService {
  ingestion: ServiceClients['ingestion'];
  url: string;
  needsTicket: boolean;
  openSocket: OpenSocket;
}

/** Opens one of a meeting's sockets, with a ticket where one is needed; `signal` ends only the wait for that. */
export async function openMeetingSocket(
  meetingId: string,
  what: 'audio' | 'events',
  service: SocketService,
  { query = {}, signal }: { query?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<SocketLike> {
  const url = socketUrl(service.url, meetingId, what);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  // A browser's socket cannot send headers, and a key never stands in a URL.
  if (service.needsTicket) {
    url.searchParams.set('ticket', await takeTicket(service.ingestion, meetingId, signal));
  }
  return service.openSocket(url.href);
}
