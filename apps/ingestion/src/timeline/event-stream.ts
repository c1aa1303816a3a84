import { Inject, Injectable } from '@nestjs/common';
import type { TimelineEntry } from '@parley/contracts';
import type { Response } from 'express';
import { MeetingsService } from '../meetings/meetings.service';
import { onceEach, type FeedLine } from './feed-line';
import { FeedsService } from './feeds.service';

const STILL_HERE = ': still here\n\n';

/** Serves timelines as server-sent events (WHATWG HTML, section 9.2). */
@Injectable()
export class EventStream {
  constructor(
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(FeedsService) private readonly feeds: FeedsService,
  ) {}

  async open(meetingId: string, afterCursor: number, response: Response): Promise<void> {
    await this.meetings.require(meetingId);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    const closed = this.feeds.lead(meetingId, afterCursor, lineOf(response));
    response.once('close', closed);
    // It may have been closed before anybody listened.
    if (response.destroyed) closed();
  }
}

function lineOf(response: Response): FeedLine {
  const write = (bytes: Buffer | string, taken?: () => void): void => {
    if (!response.writableEnded && !response.destroyed) response.write(bytes, taken);
  };
  return {
    get unsentBytes() {
      return response.writableLength;
    },
    write: (entry, taken) => {
      write(frame(entry), taken);
    },
    beat: () => {
      write(STILL_HERE);
    },
    end: () => response.end(),
    drop: () => response.destroy(),
  };
}

const frame = onceEach(({ cursor, ...entry }: TimelineEntry) => {
  const id = cursor === undefined ? '' : `id: ${cursor}\n`;
  return Buffer.from(`${id}event: ${entry.type}\ndata: ${JSON.stringify(entry)}\n\n`);
});
