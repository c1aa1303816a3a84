import type { CoverageSpan } from '@parley/contracts';
import { ProblemError } from '@parley/contracts';
import type { CoverageRepository } from '../coverage/coverage.repository';
import type { AudioIntake } from './audio-intake';
import type { AudioSession, HeldChannel } from './audio-session';
import type { ChannelEnds } from './channel-ends';
import { SENDER_SEEN_EVERY_MS, type ChannelsRepository, type Sender } from './channels.repository';

export interface SendingDependencies {
  channels: ChannelsRepository;
  coverage: CoverageRepository;
  ends: ChannelEnds;
  /** Called once it is over. */
  over(sending: Sending): void;
}

/** One connection that holds a channel: says again and again that it lives, and lets go at its end. */
export class Sending implements HeldChannel {
  private readonly timer: NodeJS.Timeout;

  constructor(
    readonly meetingId: string,
    readonly channel: string,
    readonly sender: Sender,
    readonly intake: AudioIntake,
    readonly session: AudioSession,
    private readonly on: SendingDependencies,
  ) {
    this.timer = setInterval(() => {
      this.report().catch((error: unknown) => {
        session.fail(error);
      });
    }, SENDER_SEEN_EVERY_MS);
  }

  async finish(ended: boolean): Promise<void> {
    clearInterval(this.timer);
    this.on.over(this);
    const { meetingId, channel, sender } = this;
    const receivedMs = this.intake.offsetMs;
    await this.on.coverage.add(meetingId, channel, this.shedSpans());
    const own = await this.on.channels.release(meetingId, channel, sender.id, {
      receivedMs,
      ended,
    });
    if (!ended) return;
    if (!own) throw takenOver();
    await this.on.ends.say(meetingId, channel, receivedMs);
  }

  private async report(): Promise<void> {
    const { meetingId, channel, sender, intake, session } = this;
    // Also a sign of life: a sender that hears nothing at all takes the line for dead.
    session.acknowledge(intake.offsetMs);
    await this.on.coverage.add(meetingId, channel, this.shedSpans());
    const status = await this.on.channels.progress(meetingId, channel, sender.id, intake.offsetMs);
    if (status === null) throw takenOver();
    // Whoever ended it tells all replicas, but nobody makes sure that they hear it.
    if (status === 'ended') await session.end();
  }

  private shedSpans(): CoverageSpan[] {
    return this.intake.takeShed().map((span) => ({ ...span, state: 'shed' as const }));
  }
}

function takenOver(): ProblemError {
  return new ProblemError('channel-busy', 'The channel has been taken over by another sender.');
}
