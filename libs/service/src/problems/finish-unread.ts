import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeAfter } from '../http/server/close-after';
import { sealResponse } from './seal-response';

/** So much of a body that nobody wants is read away to keep the connection; more is not worth it. */
const READ_AWAY_BYTES = 65_536;
/** How long a client may take to notice that it was answered while it was still sending. */
const LINGER_MS = 2_000;

/**
 * Ends an answer whose request may still be on its way. A connection closed at once would take the answer with
 * it: it stands written, what still comes is thrown away for a moment, then the connection closes.
 */
export function finishUnread(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): void {
  if (!mayBeSending(request)) {
    response.end(body);
    return;
  }
  closeAfter(response);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.write(body);
  const end = response.end.bind(response);
  sealResponse(response);
  const close = (): void => {
    clearTimeout(timer);
    end();
  };
  const timer = setTimeout(close, LINGER_MS);
  request.once('end', close);
  request.once('close', close);
  request.resume();
}

function mayBeSending(request: IncomingMessage): boolean {
  if (request.complete || request.destroyed) return false;
  const { 'transfer-encoding': encoding, 'content-length': length, expect } = request.headers;
  // Without our "100 Continue" it is still waiting, not sending.
  if (expect !== undefined) return false;
  return encoding !== undefined || Number(length ?? 0) > READ_AWAY_BYTES;
}
