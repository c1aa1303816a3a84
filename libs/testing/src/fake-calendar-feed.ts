import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server of a calendar misbehaves for one request. */
export type CalendarFault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'body'; body: string }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Cuts the connection in the middle of the calendar. */
  | { kind: 'cut' }
  /** A calendar that never ends. */
  | { kind: 'endless' }
  /** A calendar of so many bytes. */
  | { kind: 'long'; bytes: number };

export interface CalendarMeeting {
  uid: string;
  /** Further lines of its VEVENT. */
  lines: string[];
}

/** A calendar that gives itself out as iCalendar on loopback, with `ETag`, and faults on demand. */
export class FakeCalendarFeed {
  /** What it was answered with, in order. */
  readonly answered: number[] = [];
  meetings: CalendarMeeting[] = [];
  private readonly faults: CalendarFault[] = [];
  private readonly server: Server = createServer();

  async start(): Promise<this> {
    this.server.on('request', (request, response) => {
      this.answer(request, response);
    });
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  get hostAndPort(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** With a part that nobody may learn. */
  get url(): string {
    return `http://${this.hostAndPort}/private-7f3a9/team.ics`;
  }

  /** One fault for each of the next requests; after them it works again. */
  failNext(...faults: CalendarFault[]): void {
    this.faults.push(...faults);
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    response.on('error', () => response.destroy());
    const text = this.text();
    const fault = this.faults.shift();
    if (fault) {
      misbehave(response, fault, text);
      return;
    }
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
    const isKnown = request.headers['if-none-match'] === etag;
    this.answered.push(isKnown ? 304 : 200);
    response.writeHead(isKnown ? 304 : 200, { etag, 'content-type': 'text/calendar' });
    response.end(isKnown ? undefined : text);
  }

  private text(): string {
    const events = this.meetings.flatMap(({ uid, lines }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      ...lines,
      'END:VEVENT',
    ]);
    return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
  }
}

const LINE = Buffer.from(`X-FILLER:${'x'.repeat(60)}\r\n`);

function misbehave(response: ServerResponse, fault: CalendarFault, text: string): void {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, fault.headers).end();
      return;
    case 'body':
      response.end(fault.body);
      return;
    case 'hang':
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': text.length });
      response.write(text.slice(0, text.length / 2), () => response.socket?.resetAndDestroy());
      return;
    case 'endless':
    case 'long':
      pour(response, fault.kind === 'long' ? fault.bytes : Infinity);
      return;
  }
}

function pour(response: ServerResponse, bytes: number): void {
  const block = Buffer.concat(Array.from({ length: 1_000 }, () => LINE));
  let left = bytes;
  const more = (): void => {
    while (!response.destroyed && left > 0) {
      left -= block.length;
      if (!response.write(block)) return;
    }
    if (left <= 0) response.end();
  };
  response.on('drain', more);
  response.write('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n');
  more();
}
