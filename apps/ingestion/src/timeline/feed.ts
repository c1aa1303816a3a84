import type { TimelineEntry } from '@parley/contracts';

export interface FeedOptions {
  /** The last entry that the reader has; 0 for none. */
  afterCursor: number;
  /** At most `limit` entries after `cursor`, in order. */
  read(cursor: number, limit: number): Promise<TimelineEntry[]>;
  write(entry: TimelineEntry): void;
  failed(error: unknown): void;
}

const PAGE = 200;

/**
 * One reader's way through a timeline without gap or repeat: first what is stored, then what comes.
 * A broadcast entry that follows the last one is written as it is; any other only says that there is
 * more to read.
 */
export class Feed {
  private cursor: number;
  private reading = false;
  private again = false;
  private closed = false;

  constructor(private readonly options: FeedOptions) {
    this.cursor = options.afterCursor;
  }

  /** Call once the broadcasts are listened to: nothing falls between the two. */
  start(): void {
    this.catchUp();
  }

  entry(entry: TimelineEntry): void {
    if (this.closed) return;
    if (entry.cursor === undefined) {
      if (!this.reading) this.options.write(entry);
    } else if (!this.reading && entry.cursor === this.cursor + 1) {
      this.advance(entry);
    } else if (entry.cursor > this.cursor) {
      this.catchUp();
    }
  }

  close(): void {
    this.closed = true;
  }

  private catchUp(): void {
    this.again = true;
    if (this.reading) return;
    this.reading = true;
    this.readAll()
      .catch((error: unknown) => {
        this.closed = true;
        this.options.failed(error);
      })
      .finally(() => {
        this.reading = false;
        // An entry that came between the last read and this line still waits.
        if (this.again && !this.closed) this.catchUp();
      });
  }

  private async readAll(): Promise<void> {
    while (this.again && !this.closed) {
      this.again = false;
      const entries = await this.options.read(this.cursor, PAGE);
      if (entries.length === PAGE) this.again = true;
      for (const entry of entries) if (!this.isClosed()) this.advance(entry);
    }
  }

  private isClosed(): boolean {
    return this.closed;
  }

  private advance(entry: TimelineEntry): void {
    if (entry.cursor !== undefined) this.cursor = entry.cursor;
    this.options.write(entry);
  }
}
