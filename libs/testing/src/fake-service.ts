import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROBLEM_TYPE_BASE, problems, type ProblemCode } from '@parley/contracts';

export interface ArrangedAnswer {
  status: number;
  /** Sent as JSON; a string as an event stream. */
  body: unknown;
}

/** A promise is answered when it is kept. */
type Answering = (body: unknown) => ArrangedAnswer | Promise<ArrangedAnswer>;

/** Another service on loopback: it answers what was arranged, and 500 to what was not. */
export class FakeService {
  /** What it was asked, oldest first. */
  readonly asked: { call: string; body: unknown }[] = [];
  private readonly answers = new Map<string, Answering>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeService> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const fake = new FakeService(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = (request.url ?? '').split('?')[0] ?? '';
        const call = `${request.method} ${path}`;
        void fake.take(call, Buffer.concat(chunks).toString()).then(({ status, body }) => {
          const streams = typeof body === 'string';
          const type = streams ? 'text/event-stream' : 'application/json';
          response.writeHead(status, { 'content-type': type });
          response.end(streams ? body : JSON.stringify(body));
        });
      });
    });
    return fake;
  }

  /** @param call method and path, such as `POST /v1/search`. */
  on(call: string, answer: Answering): void {
    this.answers.set(call, answer);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(call: string, text: string): Promise<ArrangedAnswer> {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.asked.push({ call, body });
    return this.answers.get(call)?.(body) ?? problem('internal', `nobody arranged ${call}`);
  }
}

export function problem(code: ProblemCode, detail: string): ArrangedAnswer {
  const { status, title } = problems[code];
  return { status, body: { type: PROBLEM_TYPE_BASE + code, title, status, detail } };
}

/** What an OpenAI-compatible endpoint streams when its model writes `text`, at the end what it used if it tells. */
export function streamedText(text: string, usage?: object): ArrangedAnswer {
  const chunk = (delta: object, finishReason: string | null): string => {
    const choices = [{ index: 0, delta, finish_reason: finishReason }];
    return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices })}\n\n`;
  };
  const told = usage ? `data: ${JSON.stringify({ choices: [], usage })}\n\n` : '';
  const body = `${chunk({ content: text }, null)}${chunk({}, 'stop')}${told}data: [DONE]\n\n`;
  return { status: 200, body };
}

/** What an OpenAI-compatible endpoint answers when its model writes `content` at once: a string as it is, all else as JSON. */
export function completedText(content: unknown, usage?: object): ArrangedAnswer {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const choices = [{ index: 0, finish_reason: 'stop', message: { content: text } }];
  return { status: 200, body: { choices, ...(usage ? { usage } : {}) } };
}
