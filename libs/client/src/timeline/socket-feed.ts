import { ParleyProblem } from '../problems/parley-problem';
import { unwrap } from '../problems/unwrap';
import type { Problem, TimelineEntry } from '../schemas';
import { LineLostError } from '../sockets/line-lost.error';
import { openMeetingSocket, type SocketService } from '../sockets/meeting-socket';
import type { SocketLike } from '../sockets/socket';
import { Silence } from './silence';
import type { OpenFeed } from './subscribe';

/** A socket cannot be told to wait: a reader that is further behind than this comes back for the rest. */
const MOST_WAITING = 10_000;

type ServerMessage = TimelineEntry | { type: 'heartbeat' } | { type: 'error'; problem: Problem };

/** A meeting's timeline over a WebSocket. */
export function socketFeed(meetingId: string, service: SocketService): OpenFeed {
  return async (cursor, signal) => {
    const query = { after: String(cursor) };
    const reading = new SocketReading(
      await openMeetingSocket(meetingId, 'events', service, { query, signal }),
      signal,
    );
    try {
      await reading.opened;
    } catch (error) {
      if (signal.aborted) throw error;
      // A socket that was refused tells no reason: there may be one that stays.
      const params = { path: { id: meetingId } };
      await unwrap(service.ingestion.GET('/v1/meetings/{id}', { params, signal }));
      throw error;
    }
    return reading.entries();
  };
}

/** What arrives on one socket, until it ends. */
class SocketReading {
  /** Rejects when it is refused, or nobody is there. */
  readonly opened: Promise<void>;
  private readonly arrived: TimelineEntry[] = [];
  private problem: ParleyProblem | undefined;
  private over = false;
  private readonly silence = new Silence(() => {
    this.end();
  });
  private wake: () => void = () => undefined;

  constructor(
    private readonly socket: SocketLike,
    private readonly signal: AbortSignal,
  ) {
    this.opened = new Promise((resolve, reject) => {
      socket.addEventListener('open', () => {
        resolve();
      });
      socket.addEventListener('error', () => undefined);
      socket.addEventListener('close', ({ code }) => {
        reject(new LineLostError(`The feed's socket was closed (${code}).`, false, code));
        this.end();
      });
    });
    socket.addEventListener('message', ({ data }) => {
      this.take(JSON.parse(String(data)) as ServerMessage);
    });
    signal.addEventListener('abort', this.end);
    if (signal.aborted) this.end();
  }

  async *entries(): AsyncGenerator<TimelineEntry, void> {
    try {
      for (;;) {
        // More may come while the reader is busy with these; it is his, although the line may have ended since.
        while (this.arrived.length > 0) yield* this.arrived.splice(0);
        if (this.problem) throw this.problem;
        if (this.over) return;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      this.end();
    }
  }

  private take(message: ServerMessage): void {
    // What was on its way when it was closed.
    if (this.over) return;
    this.silence.heard();
    switch (message.type) {
      case 'heartbeat':
        return;
      case 'error':
        this.problem = new ParleyProblem(message.problem.status, message.problem);
        break;
      default:
        this.arrived.push(message);
        if (this.arrived.length > MOST_WAITING) this.end();
    }
    this.wake();
  }

  private readonly end = (): void => {
    this.signal.removeEventListener('abort', this.end);
    this.silence.over();
    if (!this.over) this.socket.close();
    this.over = true;
    this.wake();
  };
}
