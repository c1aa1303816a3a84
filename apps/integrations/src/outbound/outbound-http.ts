import * as http from 'node:http';
import * as https from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { DestinationGuard } from './destination-guard';
import { OutboundError } from './outbound.error';
import { outboundUrl } from './outbound-url';

export interface OutboundAnswer {
  status: number;
  retryAfter?: string;
}

/** Enough to let a polite server finish its answer; nobody reads it. */
const MAX_ANSWER_BYTES = 65_536;

/** Posts to addresses that users set: filtered, no redirects, nothing unbounded. */
@Injectable()
export class OutboundHttp {
  constructor(@Inject(DestinationGuard) private readonly guard: DestinationGuard) {}

  /** @throws OutboundError when no status came back. */
  post(
    target: string,
    body: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    const url = outboundUrl(target);
    const { request: open } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const request = open(url, {
        method: 'POST',
        agent: this.guard.agentFor(url),
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal,
      });
      // `bytesWritten` counts what still waits for a connection, so it cannot tell.
      let written = false;
      request.once('socket', (socket) => {
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          written = true;
        });
      });
      request.once('error', (error) => {
        reject(new OutboundError(error, { timedOut: signal.aborted, written }));
      });
      request.once('response', (response) => {
        discard(response, () => {
          resolve(toAnswer(response));
        });
      });
      request.end(body);
    });
  }
}

/** The status is the answer: what follows is thrown away, however long, slow or broken it is. */
function discard(response: http.IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) response.destroy();
  });
  response.once('error', done);
  response.once('close', done);
}

function toAnswer(response: http.IncomingMessage): OutboundAnswer {
  const retryAfter = response.headers['retry-after'];
  return {
    status: response.statusCode ?? 0,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
