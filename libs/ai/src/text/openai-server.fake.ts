import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as readJson } from 'node:stream/consumers';
import { readForm } from '@parley/testing';

export interface FakeRequest {
  path: string;
  authorization: string | undefined;
  /** Of JSON, or of a form with its files. */
  body: Record<string, unknown>;
}

type Answer = (request: FakeRequest, response: ServerResponse) => void;

/** An OpenAI-compatible endpoint on loopback that answers as the test says and remembers what it was asked. */
export class FakeOpenAi {
  readonly requests: FakeRequest[] = [];
  answer: Answer = () => {
    throw new Error('the test arranged no answer');
  };
  private readonly server = createServer((request, response) => {
    void this.take(request, response);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked: FakeRequest = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: await bodyOf(request),
    };
    this.requests.push(asked);
    this.answer(asked, response);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (!request.headers['content-type']?.startsWith('multipart/')) {
    return (await readJson(request)) as Record<string, unknown>;
  }
  const form = await readForm(request);
  const fields = [...form.keys()].map((name) => {
    return [name, name.endsWith('[]') ? form.getAll(name) : form.get(name)] as const;
  });
  return Object.fromEntries(fields);
}

/** Answers every request with this JSON. */
export function json(body: unknown, status = 200): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** A chat completion whose message is `content`. */
export function completion(content: string | null, finishReason = 'stop'): Answer {
  return json({
    id: 'chat-1',
    object: 'chat.completion',
    created: 1,
    model: 'fake',
    choices: [{ index: 0, finish_reason: finishReason, message: { role: 'assistant', content } }],
  });
}

interface StreamedAnswer {
  /** False leaves it hanging after its pieces. */
  ends?: boolean;
  /** Told in a last chunk without choices. */
  usage?: { prompt_tokens: number; completion_tokens: number };
}

/** A streamed chat completion that comes in these pieces. */
export function streamed(pieces: string[], { ends = true, usage }: StreamedAnswer = {}): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const tell = (delta: object, finishReason: string | null): void => {
      const choices = [{ index: 0, delta, finish_reason: finishReason }];
      const chunk = { id: 'chat-1', object: 'chat.completion.chunk', created: 1, model: 'fake' };
      response.write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`);
    };
    for (const content of pieces) tell({ content }, null);
    if (!ends) return;
    tell({}, 'stop');
    if (usage) response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
    response.end('data: [DONE]\n\n');
  };
}
