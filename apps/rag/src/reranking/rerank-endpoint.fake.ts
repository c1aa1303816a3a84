import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { RerankField } from './endpoint.reranker';

interface RerankRequest {
  query: string;
  model?: string;
  texts: string[];
  authorization: string | undefined;
}

/** A re-ranking endpoint on loopback, of either kind: lists the best first, or does what else is arranged. */
export class FakeRerankEndpoint {
  readonly requests: RerankRequest[] = [];
  private respond: (request: RerankRequest, response: ServerResponse) => void = (_, response) => {
    response.writeHead(500).end();
  };
  private readonly server = createServer((request, response) => {
    void json(request).then((body) => {
      const { query, model, ...rest } = body as { query: string; model?: string };
      const texts = (rest as Record<string, string[]>)[this.field] ?? [];
      const { authorization } = request.headers;
      const asked = { query, texts, authorization, ...(model === undefined ? {} : { model }) };
      this.requests.push(asked);
      this.respond(asked, response);
    });
  });

  constructor(private readonly field: RerankField) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/rerank`;
  }

  async start(): Promise<this> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** The newest request. */
  asked(): RerankRequest {
    const request = this.requests.at(-1);
    if (!request) throw new Error('nobody asked');
    return request;
  }

  rates(score: (text: string) => number): void {
    this.respond = ({ texts }, response) => {
      const rated = texts
        .map((text, index) => ({ index, score: score(text) }))
        .sort((a, b) => b.score - a.score);
      const results = rated.map((each) => ({ index: each.index, relevance_score: each.score }));
      const body = this.field === 'texts' ? rated : { model: 'fake', results };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
  }

  answers(status: number, body: string, headers: Record<string, string> = {}): void {
    this.respond = (_, response) => {
      response.writeHead(status, headers).end(body);
    };
  }

  hangs(): void {
    this.respond = () => undefined;
  }
}
