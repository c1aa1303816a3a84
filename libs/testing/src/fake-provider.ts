import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

/** How a provider misbehaves for one request; `acted`: what was asked for is done all the same. */
export type ProviderFault = { acted?: boolean } & (
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: object }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Takes the request and cuts the connection. */
  | { kind: 'reset' }
  /** An answer that never ends. */
  | { kind: 'endless' }
  /** A 200 with a page of HTML, as a proxy in between would send. */
  | { kind: 'html' }
  /** A 200 with half a JSON text. */
  | { kind: 'half' }
);

export interface FakeRequest {
  method: string;
  url: URL;
  authorization: string;
  /** As sent: JSON or a form. */
  text: string;
}

export interface FakeAnswer {
  status: number;
  body?: object;
}

/** An outside system's HTTP on loopback, in memory, with faults on demand. */
export abstract class FakeProvider {
  /** What was asked for, in order: `POST /path`. */
  readonly calls: string[] = [];
  private readonly faults: ProviderFault[] = [];
  private readonly server: Server = createServer();
  /** Without a slash at its end. */
  url = '';

  /** @returns itself, listening. */
  async start(): Promise<this> {
    this.server.on('request', (request, response) => {
      this.take(request, response).catch(() => response.destroy());
    });
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    this.url = `http://${this.hostAndPort}`;
    return this;
  }

  get hostAndPort(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** One fault for each of the next requests; after them it works again. */
  failNext(...faults: ProviderFault[]): void {
    this.faults.push(...faults);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  /** Does what is asked for. */
  protected abstract answer(request: FakeRequest): FakeAnswer;

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '/', this.url);
    const text = await textOf(request);
    this.calls.push(`${method} ${url.pathname}`);
    const asked = { method, url, authorization: headers.authorization ?? '', text };
    const fault = this.faults.shift();
    if (fault) {
      if (fault.acted) this.answer(asked);
      misbehave(response, fault);
      return;
    }
    const { status, body } = this.answer(asked);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }
}

/** Answers as the fault says. */
export function misbehave(response: ServerResponse, fault: ProviderFault): void {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(JSON.stringify(fault.body ?? {}));
      return;
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'html':
      response.setHeader('content-type', 'text/html').end('<html><body>Welcome</body></html>');
      return;
    case 'half':
      response.setHeader('content-type', 'application/json').end('{"id": "half');
      return;
    case 'endless': {
      const block = Buffer.alloc(65_536, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', more);
      more();
      return;
    }
  }
}
