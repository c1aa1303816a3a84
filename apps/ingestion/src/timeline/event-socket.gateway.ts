import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ProblemError, type TimelineEntry } from '@parley/contracts';
import { OPENING_A_FEED, SocketRouter } from '@parley/service';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { MeetingsService } from '../meetings/meetings.service';
import { onceEach, type FeedLine } from './feed-line';
import { cursorOf, FeedsService } from './feeds.service';

/** Nothing is expected from a viewer. */
const LARGEST_MESSAGE_BYTES = 1_024;
const HEARTBEAT = JSON.stringify({ type: 'heartbeat' });
const CLOSE_GOING_AWAY = 1001;
const CLOSE_POLICY = 1008;
const CLOSE_INTERNAL = 1011;

/** `WS /v1/meetings/{id}/events`: the timeline for those who cannot read server-sent events. */
@Injectable()
export class EventSocketGateway implements OnModuleInit {
  constructor(
    @Inject(SocketRouter) private readonly router: SocketRouter,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(FeedsService) private readonly feeds: FeedsService,
  ) {}

  onModuleInit(): void {
    this.router.route({
      path: /^\/v1\/meetings\/(?<id>[^/]+)\/events$/,
      needs: 'read',
      maxMessageBytes: LARGEST_MESSAGE_BYTES,
      rateLimit: OPENING_A_FEED,
      ticketParameter: 'id',
      accept: async ({ id = '' }, request) => {
        afterOf(request);
        await this.meetings.require(id);
      },
      connected: (socket, { id = '' }, request) => {
        socket.once('close', this.feeds.lead(id, afterOf(request), lineOf(socket)));
        socket.on('message', () => {
          refuse(socket, new ProblemError('validation-failed', 'A feed is only read.'));
        });
      },
    });
  }
}

function afterOf({ url = '/' }: IncomingMessage): number {
  return cursorOf(new URL(url, 'http://localhost').searchParams.get('after'), 'after');
}

function lineOf(socket: WebSocket): FeedLine {
  return {
    get unsentBytes() {
      return socket.bufferedAmount;
    },
    write: (entry, taken) => {
      if (socket.readyState === socket.OPEN) socket.send(message(entry), { binary: false }, taken);
    },
    // A ping would do for the network, but no browser shows pings to the page.
    beat: () => {
      if (socket.readyState === socket.OPEN) socket.send(HEARTBEAT);
    },
    end: (why) => {
      socket.close(why === 'failed' ? CLOSE_INTERNAL : CLOSE_GOING_AWAY, why);
    },
    drop: () => {
      socket.terminate();
    },
  };
}

function refuse(socket: WebSocket, problem: ProblemError): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(JSON.stringify({ type: 'error', problem: problem.toBody() }));
  socket.close(CLOSE_POLICY, problem.code);
}

const message = onceEach((entry: TimelineEntry) => Buffer.from(JSON.stringify(entry)));
