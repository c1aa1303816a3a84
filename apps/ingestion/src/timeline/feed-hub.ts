import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import type { Segment, TimelineEntry } from '@parley/contracts';
import { Lifecycle } from '@parley/health';
import { MEETING_ERASED } from '../meetings/meetings.service';
import { PARTIAL_CHANNEL, TIMELINE_CHANNEL } from './channels';

/** A viewer that is connected to this replica. */
export interface FeedReader {
  readonly meetingId: string;
  entry(entry: TimelineEntry): void;
  /** The service stops, and the reader should come back elsewhere; or the meeting is erased, and it is told so there. */
  end(): void;
}

/** Listens to the broadcasts once for all viewers of this replica and hands each what is theirs. */
@Injectable()
export class FeedHub implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly readers = new Map<string, Set<FeedReader>>();
  private stops: (() => Promise<void>)[] = [];

  constructor(
    @Inject(Broadcast) private readonly broadcast: Broadcast,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
  ) {
    lifecycle.closing.addEventListener('abort', () => {
      for (const readers of this.readers.values()) for (const reader of readers) reader.end();
    });
  }

  /** Viewers that are connected to this replica. */
  get open(): number {
    return [...this.readers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.stops = await Promise.all([
      this.broadcast.subscribe(TIMELINE_CHANNEL, (message) => {
        this.deliver(message as TimelineEntry);
      }),
      this.broadcast.subscribe(PARTIAL_CHANNEL, (message) => {
        this.deliverPartial(message as Segment);
      }),
      this.broadcast.subscribe(MEETING_ERASED, (message) => {
        const { meetingId } = message as { meetingId: string };
        for (const reader of [...(this.readers.get(meetingId) ?? [])]) reader.end();
      }),
    ]);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
    this.stops = [];
  }

  /** @returns the call that leaves. */
  join(reader: FeedReader): () => void {
    if (this.lifecycle.closing.aborted) reader.end();
    const readers = this.readers.get(reader.meetingId) ?? new Set();
    this.readers.set(reader.meetingId, readers.add(reader));
    return () => {
      readers.delete(reader);
      if (readers.size === 0) this.readers.delete(reader.meetingId);
    };
  }

  private deliverPartial(segment: Segment): void {
    this.deliver({
      type: 'segment.partial',
      meetingId: segment.meetingId,
      at: new Date().toISOString(),
      data: segment,
    });
  }

  private deliver(entry: TimelineEntry): void {
    for (const reader of this.readers.get(entry.meetingId) ?? []) reader.entry(entry);
  }
}
