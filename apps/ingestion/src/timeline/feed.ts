import type { TimelineEntry } from '@parley/contracts';

export interface FeedOptions {
  /** The last entry that the reader has; 0 for none. */
  afterCursor: number;
  /** At most `limit` entries after `cursor`, in order. */
  read(cursor: number, limit: number): Promise<TimelineEntry[]>;
  /** `taken` is called once the network has it; when the line ends first, perhaps never. */
  write(entry: TimelineEntry, taken?: () => void): void;
  /** So much was not taken yet that stored entries have to wait. */
  isFull(): boolean;
  failed(error: unknown): void;
}

const PAGE = 100;

/**
 * One reader's way through a timeline without gap or repeat: first what is stored, then what comes.
 * A broadcast entry that follows the last one is written as it is; any other only says that there is
 * more to read. What is stored is read no faster than the line takes it: a viewer who joins late is behind,
 * which is not the same as slow.
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
      await this.writePage(await this.options.read(this.cursor, PAGE));
    }
  }

  /**
   * @returns what to wait for when the line is full. The rest of the page is read again then: a viewer who never
   * reads must not hold it meanwhile.
   */
  private writePage(entries: TimelineEntry[]): Promise<void> | undefined {
    if (entries.length === PAGE) this.again = true;
    for (const entry of entries) {
      if (this.isClosed) return undefined;
      const taken = new Promise<void>((resolve) => {
        this.advance(entry, resolve);
      });
      if (this.options.isFull()) {
        this.again = true;
        return taken;
      }
    }
    return undefined;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  private advance(entry: TimelineEntry, taken?: () => void): void {
    if (entry.cursor !== undefined) this.cursor = entry.cursor;
    this.options.write(entry, taken);
  }
}
