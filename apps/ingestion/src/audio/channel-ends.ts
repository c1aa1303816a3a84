import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AudioLog } from '@parley/bus';
import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { ChannelsRepository, SENDER_LEASE_MS, type EndedChannel } from './channels.repository';

/** Says in the log that a channel is complete; also for a sender that died, once its lease is over. */
@Injectable()
export class ChannelEnds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(AudioLog) private readonly log: AudioLog,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep();
    }, SENDER_LEASE_MS);
    // What an earlier process left open.
    this.sweep();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /**
   * Nothing follows on a channel that is marked as ended.
   * @throws ProblemError `unavailable` when the log did not take it: then the channel is open again.
   */
  async say(meetingId: string, channel: string, endMs: number): Promise<void> {
    try {
      await this.log.append(meetingId, { kind: 'end', channel, endMs });
    } catch (error) {
      logEvent('audio.not-stored', { meetingId, err: error });
      await this.channels.settle(meetingId, channel, { receivedMs: endMs, ended: false });
      throw new ProblemError('unavailable', 'The end could not be stored; stop again later.');
    }
  }

  /** Ends what no living sender holds, of this meeting or of any that has ended. */
  async endAbandoned(meetingId?: string): Promise<void> {
    const ended = await this.channels.endAbandoned(meetingId);
    await Promise.all(ended.map((channel) => this.complete(channel)));
  }

  private async complete(ended: EndedChannel): Promise<void> {
    const { meetingId, channel } = ended;
    // asr gave up waiting for the end: it has said what became of all that it heard.
    if (ended.completed) return;
    const loggedMs = await this.log.receivedMs(meetingId, channel).catch(() => 0);
    const receivedMs = Math.max(ended.receivedMs, loggedMs);
    await this.channels.settle(meetingId, channel, { receivedMs, ended: true });
    await this.say(meetingId, channel, receivedMs);
  }

  private sweep(): void {
    this.sweeping = this.sweeping
      .then(() => this.endAbandoned())
      .catch((error: unknown) => {
        logEvent('channels.not-ended', { err: error });
      });
  }
}
