import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import type { TimelineEntry } from '@parley/contracts';
import type { Response } from 'express';
import type { IngestionSettings } from '../ingestion.settings';
import { MeetingsService } from '../meetings/meetings.service';
import { Feed } from './feed';
import { FeedHub } from './feed-hub';
import { TimelineService } from './timeline.service';

/** Serves timelines as server-sent events (WHATWG HTML, section 9.2). */
@Injectable()
export class EventStream {
  private readonly logger = new Logger(EventStream.name);

  constructor(
    @Inject(SETTINGS) private readonly settings: IngestionSettings,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(FeedHub) private readonly hub: FeedHub,
  ) {}

  async open(meetingId: string, afterCursor: number, response: Response): Promise<void> {
    await this.meetings.require(meetingId);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();

    const feed = new Feed({
      afterCursor,
      read: (cursor, limit) => this.timeline.after(meetingId, cursor, limit),
      write: (entry) => {
        this.write(response, frame(entry));
      },
      failed: (error) => {
        this.logger.error({ err: error, meetingId }, 'a feed could not be read');
        response.end();
      },
    });
    const leave = this.hub.join({
      meetingId,
      entry: (entry) => {
        feed.entry(entry);
      },
      end: () => response.end(),
    });
    const heartbeat = setInterval(() => {
      this.write(response, ': still here\n\n');
    }, this.settings.FEED_HEARTBEAT_SECONDS * 1_000);
    response.once('close', () => {
      clearInterval(heartbeat);
      leave();
      feed.close();
    });
    feed.start();
  }

  /** A reader that does not read is cut off; what it missed it gets by resuming. */
  private write(response: Response, text: string): void {
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > this.settings.FEED_BUFFER_BYTES) {
      this.logger.warn(
        { bufferedBytes: response.writableLength },
        'a slow reader was disconnected',
      );
      response.destroy();
      return;
    }
    response.write(text);
  }
}

function frame({ cursor, ...entry }: TimelineEntry): string {
  const id = cursor === undefined ? '' : `id: ${cursor}\n`;
  return `${id}event: ${entry.type}\ndata: ${JSON.stringify(entry)}\n\n`;
}
