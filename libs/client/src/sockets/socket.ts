import { urlBelow } from '../url-below';

/** What a WebSocket must be able to do: a browser's, Node's, or that of the `ws` package. */
export interface SocketLike {
  send(data: string | Uint8Array): void;
  close(code?: number, reason?: string): void;
  /** Where there is one: closes without a handshake. */
  terminate?(): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
  /** Some tell more than that it failed, in `message`. */
  addEventListener(type: 'error', listener: (event: object) => void): void;
}

export type OpenSocket = (url: string) => SocketLike;

/**
 * Opens a socket of the global class.
 * @throws TypeError where there is none: pass `openSocket: (url) => new WebSocket(url)` with that of `ws`.
 */
export function openGlobalSocket(url: string): SocketLike {
  const { WebSocket } = globalThis as { WebSocket?: new (url: string) => SocketLike };
  if (!WebSocket) {
    throw new TypeError(
      'There is no global WebSocket here: pass openSocket to createParleyClient.',
    );
  }
  return new WebSocket(url);
}

/** Where a meeting's audio goes, or its timeline comes from. */
export function socketUrl(ingestion: string, meetingId: string, what: 'audio' | 'events'): URL {
  const url = urlBelow(ingestion, `v1/meetings/${meetingId}/${what}`);
  url.protocol = url.protocol.replace('http', 'ws');
  return url;
}
