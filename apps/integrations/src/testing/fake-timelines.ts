import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  makeEvent,
  newId,
  PROBLEM_TYPE_BASE,
  type Envelope,
  type TimelineEntry,
} from '@parley/contracts';

/** Ingestion's timelines on loopback: `GET /v1/meetings/{id}/timeline` and nothing else. */
export class FakeTimelines {
  private readonly meetings = new Map<string, TimelineEntry[]>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeTimelines> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const fake = new FakeTimelines(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      const { status, body } = fake.answer(new URL(request.url ?? '/', fake.url));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    return fake;
  }

  /** Adds an entry and gives the event that tells of it. */
  add(
    kind: TimelineEntry['type'],
    { meetingId = newId<string>(), data = {} }: { meetingId?: string; data?: object } = {},
  ): Envelope<'timeline.added'> & { meetingId: string } {
    const entries = this.meetings.get(meetingId) ?? [];
    const cursor = entries.length + 1;
    entries.push({ cursor, type: kind, meetingId, at: new Date().toISOString(), data });
    this.meetings.set(meetingId, entries);
    return Object.assign(makeEvent('timeline.added', { cursor, kind }, { meetingId }), {
      meetingId,
    });
  }

  erase(meetingId: string): void {
    this.meetings.delete(meetingId);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private answer({ pathname, searchParams }: URL): { status: number; body: unknown } {
    const [, id = ''] = /^\/v1\/meetings\/([^/]+)\/timeline$/.exec(pathname) ?? [];
    const entries = this.meetings.get(id);
    if (!entries) {
      const type = `${PROBLEM_TYPE_BASE}meeting-not-found`;
      return { status: 404, body: { type, title: 'No such meeting', status: 404 } };
    }
    const after = Number(searchParams.get('cursor') ?? 0);
    const items = entries
      .filter(({ cursor = 0 }) => cursor > after)
      .slice(0, Number(searchParams.get('limit') ?? 50));
    return { status: 200, body: { items, nextCursor: null } };
  }
}
