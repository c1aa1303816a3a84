import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { IngestionSettings } from '../ingestion.settings';
import { Feed } from './feed';
import { FeedHub } from './feed-hub';
import type { FeedLine } from './feed-line';
import { TimelineService } from './timeline.service';

/** Leads a meeting's timeline into a viewer's line: resumed, kept open, and cut when nobody reads. */
@Injectable()
export class FeedsService {
  constructor(
    @Inject(SETTINGS) private readonly settings: IngestionSettings,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(FeedHub) private readonly hub: FeedHub,
  ) {}

  /** @returns what to call once the line is closed. */
  lead(meetingId: string, afterCursor: number, line: FeedLine): () => void {
    const feed: Feed = new Feed({
      afterCursor,
      read: (cursor, limit) => this.timeline.after(meetingId, cursor, limit),
      write: (entry, taken) => {
        if (isRead()) line.write(entry, taken);
      },
      isFull: () => line.unsentBytes > this.settings.FEED_BUFFER_BYTES / 2,
      failed: (error) => {
        logEvent('feed.unreadable', { meetingId, err: error });
        line.end('failed');
      },
    });
    // A viewer that does not read is cut off; what it missed it gets by resuming.
    const isRead = (): boolean => {
      if (line.unsentBytes <= this.settings.FEED_BUFFER_BYTES) return true;
      logEvent('feed.slow-reader', { bytes: line.unsentBytes });
      feed.close();
      line.drop();
      return false;
    };
    const leave = this.hub.join({
      meetingId,
      entry: (entry) => {
        feed.entry(entry);
      },
      end: () => {
        line.end('going away');
      },
    });
    const heartbeat = setInterval(() => {
      if (!feed.isClosed && isRead()) line.beat();
    }, this.settings.FEED_HEARTBEAT_SECONDS * 1_000);
    feed.start();
    return () => {
      clearInterval(heartbeat);
      leave();
      feed.close();
    };
  }
}

/** @throws ProblemError `validation-failed` */
export function cursorOf(text: string | null | undefined, name: string): number {
  if (text === undefined || text === null || text === '') return 0;
  if (!/^\d{1,15}$/.test(text)) {
    throw new ProblemError('validation-failed', `${name} must be a cursor of this timeline.`);
  }
  return Number(text);
}
