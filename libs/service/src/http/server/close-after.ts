import type { ServerResponse } from 'node:http';

/** Asks the client to use another connection after this answer. */
export function closeAfter(response: ServerResponse): void {
  response.removeHeader('keep-alive');
  response.setHeader('connection', 'close');
}
