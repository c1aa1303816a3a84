import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freshId, lineOf, partialsOf } from './spoken-lines';

/** Plays the services of one meeting: its lines at once, then as fast as it is told to speak on. */
export class FeedServer {
  readonly meetingId = freshId(0);
  private readonly startedAt = new Date().toISOString();
  private viewers: ServerResponse[] = [];
  private cursor = 0;
  private spoken = 0;
  private speaking: ReturnType<typeof setInterval> | undefined;

  private constructor(private readonly server: Server) {}

  /** @param lines what was said before anybody looked */
  static async start(lines: number): Promise<FeedServer> {
    const server = createServer();
    const feed = new FeedServer(server);
    server.on('request', ({ url = '' }, response: ServerResponse) => {
      const { pathname } = new URL(url, 'http://localhost');
      if (pathname.endsWith('/events')) feed.show(lines, response);
      else if (pathname === `/v1/meetings/${feed.meetingId}`) json(response, 200, feed.meeting());
      else
        json(response, 404, { type: 'https://parley.dev/problems/not-found', title: 'Nothing.' });
    });
    await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
    return feed;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Lines that were sent so far. */
  get lines(): number {
    return this.spoken;
  }

  /** One line each so often, with provisional text ten times before it. */
  speak(everyMs: number): void {
    const steps = partialsOf(0).length + 1;
    let step = 0;
    this.speaking = setInterval(() => {
      const partial = partialsOf(this.spoken)[step];
      if (partial) this.say('segment.partial', { ...partial, meetingId: this.meetingId });
      else this.sayLine();
      step = (step + 1) % steps;
    }, everyMs / steps);
  }

  silence(): void {
    clearInterval(this.speaking);
  }

  /** A line with all its provisional text, at once. */
  sayWhole(): void {
    for (const partial of partialsOf(this.spoken)) {
      this.say('segment.partial', { ...partial, meetingId: this.meetingId });
    }
    this.sayLine();
  }

  async close(): Promise<void> {
    this.silence();
    for (const viewer of this.viewers) viewer.destroy();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private show(lines: number, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.viewers.push(response);
    while (this.spoken < lines) this.sayLine();
  }

  private sayLine(): void {
    this.say('segment.final', { ...lineOf(this.spoken), meetingId: this.meetingId }, true);
    this.spoken += 1;
  }

  private say(type: string, data: object, counted = false): void {
    const entry = { type, meetingId: this.meetingId, at: new Date().toISOString(), data };
    const id = counted ? `id: ${++this.cursor}\n` : '';
    for (const viewer of this.viewers) viewer.write(`${id}data: ${JSON.stringify(entry)}\n\n`);
  }

  private meeting(): object {
    return {
      id: this.meetingId,
      title: 'A long meeting',
      platform: 'other',
      privacyMode: 'transcript',
      participants: [],
      language: 'en',
      timeZone: 'UTC',
      vocabulary: [],
      keepAudio: false,
      redactPersonalData: false,
      status: 'live',
      startedAt: this.startedAt,
      endedAt: null,
    };
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
