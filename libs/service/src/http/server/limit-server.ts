import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { answerUnreadable } from './answer-unreadable';
import { cutSlowReaders, type SlowReaderLimits } from './slow-readers';

/** What a client may take of the server itself. Times in milliseconds. */
const LIMITS = {
  /** From a connection's first byte to the end of the headers. */
  headersTimeout: 10_000,
  /** A request whole, or as long as a route takes that takes longer; the front door is stricter with the bodies that it waits for. */
  requestTimeout: 300_000,
  /** Longer than the 60 s after which usual proxies drop an idle connection themselves. */
  keepAliveTimeout: 65_000,
  /** How often the two timeouts above are looked at. Default of Node: 30 s. */
  connectionsCheckingInterval: 1_000,
  /** No limit besides their size, 16 KiB: Node would drop those beyond, the Host among them, without a word. */
  maxHeadersCount: 0,
  maxConnections: 10_000,
};

/** So much later than the front door, which has an answer for who is too slow. */
const BEHIND_FRONT_DOOR_MS = 10_000;

export type ServerLimits = typeof LIMITS & SlowReaderLimits;

/** Bounds what slow, greedy and broken clients can take; call it before the server listens. */
export function limitServer(server: Server, limits: Partial<ServerLimits> = {}): void {
  const { lookEveryMs, patienceMs, ...own } = limits;
  Object.assign(server, LIMITS, own);
  server.on('clientError', answerUnreadable);
  const handOn = (request: IncomingMessage, response: ServerResponse): void => {
    server.emit('request', request, response);
  };
  // The front door says "100 Continue" once it wants the body; unknown expectations it may ignore.
  server.on('checkContinue', handOn);
  server.on('checkExpectation', handOn);
  cutSlowReaders(server, { lookEveryMs, patienceMs });
}

/** Does not cut off what its route still waits for. */
export function waitForRequests(server: Server, longestMs: number): void {
  server.requestTimeout = Math.max(server.requestTimeout, longestMs + BEHIND_FRONT_DOOR_MS);
}
