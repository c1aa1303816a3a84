import { ProblemError } from '@parley/contracts';
import type { CoverageRepository } from '../coverage/coverage.repository';
import type { PrivacyRepository } from '../privacy/privacy.repository';
import { isWithheld, type PrivacyState } from '../privacy/withheld';
import type { AudioIntake } from './audio-intake';
import type { ChannelEnds } from './channel-ends';
import { SENDER_SEEN_EVERY_MS, type ChannelsRepository, type Sender } from './channels.repository';
import type { HeldChannel, SenderSession } from './sender-session';

export interface SendingDependencies {
  channels: ChannelsRepository;
  privacy: PrivacyRepository;
  coverage: CoverageRepository;
  ends: ChannelEnds;
  /** Called once it is over. */
  over(sending: Sending): void;
}

/** One connection that holds a channel: says again and again that it lives, and lets go at its end. */
export class Sending implements HeldChannel {
  private readonly timer: NodeJS.Timeout;
  private epoch = -1;

  constructor(
    readonly meetingId: string,
    readonly channel: string,
    readonly sender: Sender,
    readonly intake: AudioIntake,
    readonly session: SenderSession,
    private readonly on: SendingDependencies,
  ) {
    this.timer = setInterval(() => {
      this.report().catch((error: unknown) => {
        session.fail(error);
      });
    }, SENDER_SEEN_EVERY_MS);
  }

  /** Acts on what may be kept of its channel, unless it knows better already. */
  obey(state: PrivacyState): void {
    if (state.epoch < this.epoch) return;
    this.epoch = state.epoch;
    this.intake.withhold(isWithheld(state, this.channel));
  }

  async finish(ended: boolean): Promise<void> {
    clearInterval(this.timer);
    this.on.over(this);
    const { meetingId, channel, sender } = this;
    const receivedMs = this.intake.offsetMs;
    await this.on.coverage.add(meetingId, channel, this.intake.takeRefused());
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
    await this.on.coverage.add(meetingId, channel, this.intake.takeRefused());
    const status = await this.on.channels.progress(meetingId, channel, sender.id, intake.offsetMs);
    if (status === null) throw takenOver();
    // The broadcast may not have come.
    const state = (await this.on.privacy.states([meetingId])).get(meetingId);
    if (state) this.obey(state);
    // Whoever ended it tells all replicas, but nobody makes sure that they hear it.
    if (status === 'ended') await session.end();
  }
}

function takenOver(): ProblemError {
  return new ProblemError('channel-busy', 'The channel has been taken over by another sender.');
}
