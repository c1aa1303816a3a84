import * as http from 'node:http';
import * as https from 'node:https';
import { boundedBody } from './bounded-fetch';
import type { DestinationGuard } from './destination-guard';
import { OutboundError } from './outbound.error';
import { outboundUrl } from './outbound-url';

/** What of an answer's headers is passed on. */
const TOLD = ['retry-after', 'etag', 'last-modified'] as const;

/**
 * A `fetch` for addresses that users set: the guard looks at the address at the moment of connecting, no redirect is
 * followed, and no more than 8 MiB of an answer are read. Takes a text for a body.
 * @throws OutboundError when no answer came
 */
export function guardedFetch(guard: DestinationGuard, signal: AbortSignal): typeof fetch {
  return async (target, init = {}) => {
    const url = outboundUrl(target instanceof Request ? target.url : String(target));
    const body = typeof init.body === 'string' ? init.body : '';
    const { request: open } = url.protocol === 'https:' ? https : http;
    let written = false;
    try {
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        const request = open(url, {
          method: init.method ?? 'GET',
          agent: guard.agentFor(url),
          headers: {
            ...Object.fromEntries(new Headers(init.headers)),
            'content-length': Buffer.byteLength(body),
          },
          signal,
        });
        // `bytesWritten` counts what still waits for a connection, so it cannot tell.
        request.once('socket', (socket) => {
          socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
            written = true;
          });
        });
        request.once('error', reject);
        request.once('response', resolve);
        request.end(body);
      });
      const { statusCode: status = 0, headers } = response;
      const text = await boundedBody(response);
      return new Response(text.byteLength === 0 ? null : text, {
        status,
        headers: TOLD.flatMap((name) => {
          const value = headers[name];
          return typeof value === 'string' ? [[name, value] satisfies [string, string]] : [];
        }),
      });
    } catch (error) {
      const cause = error instanceof Error ? error : new Error('no error', { cause: error });
      throw new OutboundError(cause, { timedOut: signal.aborted, written });
    }
  };
}
