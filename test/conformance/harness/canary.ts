import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProblemError } from '@parley/contracts';
import { BrokenPromiseError } from '../../harness/broken-promise';
import { eventually } from '../../harness/eventually';

/** A call that a service made to another. */
export interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

const NOT_FOUND = new ProblemError('meeting-not-found', 'There is no such meeting.').toBody();

/** Stands in for all other services: writes down who calls, and answers as one that knows nothing. */
export class Canary {
  readonly calls: Call[] = [];
  private readonly server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    if (this.calls.length < 1_000) this.calls.push({ method, path, headers });
    request.resume();
    const isList = /^\/v1\/connections(\?|$)/.test(path);
    response.writeHead(isList ? 200 : 404, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(isList ? { items: [], nextCursor: null } : NOT_FOUND));
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Canary> {
    const canary = new Canary();
    await new Promise<void>((resolve) => canary.server.listen(0, '127.0.0.1', resolve));
    return canary;
  }

  /** The first call that fits, now or soon. */
  async call(fits: (call: Call) => boolean): Promise<Call> {
    try {
      return await eventually('no such call came', 5_000, () => this.calls.find(fits));
    } catch {
      const came = this.calls.map(({ method, path }) => `${method} ${path}`).slice(-5);
      throw new BrokenPromiseError(
        `the other service was not called so; calls: ${came.join(', ')}`,
      );
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
