import type { FeedTransport, ParleyClient, TimelineEntry } from '@parley/client';

/** Follows a meeting's timeline, and goes on after the last cursor whenever its line is cut. */
export class FeedReader {
  readonly entries: TimelineEntry[] = [];
  private line = new AbortController();
  private stopped = false;
  private done: Promise<void> | undefined;

  constructor(
    private readonly client: ParleyClient,
    private readonly meetingId: string,
    private readonly transport: FeedTransport,
  ) {}

  start(): void {
    this.done = this.follow();
  }

  /** What it saw that stays: partial lines have no cursor. */
  get durable(): TimelineEntry[] {
    return this.entries.filter(({ cursor }) => cursor !== undefined);
  }

  cut(): void {
    this.line.abort();
  }

  /** @throws what ended the feed for good */
  async stop(): Promise<void> {
    this.stopped = true;
    this.line.abort();
    await this.done;
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      this.line = new AbortController();
      const lastEventId = this.durable.at(-1)?.cursor ?? 0;
      const { signal } = this.line;
      const options = { transport: this.transport, lastEventId, signal };
      for await (const entry of this.client.subscribe(this.meetingId, options)) {
        this.entries.push(entry);
      }
    }
  }
}
