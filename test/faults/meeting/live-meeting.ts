import { randomUUID } from 'node:crypto';
import { unwrap, type FeedTransport, type ParleyClient } from '@parley/client';
import { setTimeout as wait } from 'node:timers/promises';
import { Approver } from './approver';
import { ChannelSender } from './channel-sender';
import { FeedReader } from './feed-reader';
import { persist } from './persist';
import type { Spoken } from './spoken';

/** Faster than people talk, slower than two cores can follow for two meetings. */
const PACE = 1.5;
const LOOK_EVERY_MS = 100;
/** Three times what saying it takes, and what the longest fault does. */
const LIMIT_MS = 90_000;

/** A meeting that is held while the system is being broken: its speakers, a viewer, and a person who approves. */
export class LiveMeeting {
  readonly feed: FeedReader;
  readonly approver: Approver;
  readonly senders: ChannelSender[];
  private watching = true;
  private watched: Promise<void> = Promise.resolve();

  private constructor(
    private readonly client: ParleyClient,
    readonly id: string,
    readonly spoken: Spoken,
    connectionIds: readonly string[],
    transport: FeedTransport,
  ) {
    this.feed = new FeedReader(client, id, transport);
    this.approver = new Approver(client, connectionIds);
    this.senders = [...spoken.tracks].map(
      ([channel, pcm]) => new ChannelSender(client, id, channel, pcm, spoken.lengthMs, PACE),
    );
  }

  static async begin(
    client: ParleyClient,
    spoken: Spoken,
    connectionIds: readonly string[],
    transport: FeedTransport,
  ): Promise<LiveMeeting> {
    const idempotencyKey = randomUUID();
    const meeting = await persist(() =>
      unwrap(
        client.ingestion.POST('/v1/meetings', {
          headers: { 'idempotency-key': idempotencyKey },
          body: { title: 'Review of the launch', participants: spoken.participants },
        }),
      ),
    );
    return new LiveMeeting(client, meeting.id, spoken, connectionIds, transport);
  }

  /** Resolves when everything was said and the meeting has ended. */
  async hold(): Promise<void> {
    this.feed.start();
    this.watched = this.watch();
    await Promise.race([Promise.all(this.senders.map((sender) => sender.run())), this.late()]);
    const params = { path: { id: this.id } };
    await persist(() => unwrap(this.client.ingestion.POST('/v1/meetings/{id}/end', { params })));
  }

  /** Approves what was suggested up to now, and waits for the answers. */
  async decide(): Promise<void> {
    this.watching = false;
    await this.watched;
    await this.approver.done();
  }

  private async late(): Promise<never> {
    await wait(LIMIT_MS, undefined, { ref: false });
    const states = this.senders.map(({ state }) => state).join('; ');
    throw new Error(`meeting ${this.id} could not be held in time: ${states}`);
  }

  private async watch(): Promise<void> {
    let seen = 0;
    do {
      await wait(LOOK_EVERY_MS);
      for (const entry of this.feed.entries.slice(seen)) this.approver.see(entry);
      seen = this.feed.entries.length;
    } while (this.watching);
  }
}
