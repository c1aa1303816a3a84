import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@parley/database';
import { PrivacyRepository } from '../privacy/privacy.repository';
import type { ChannelEntity } from './channel.entity';
import { ChannelsRepository } from './channels.repository';
import { sessionOpened } from './session-opened';

/** Opens a meeting's channels, for audio or captions, and has asr hear of each once. */
@Injectable()
export class ChannelOpenings {
  constructor(
    @Inject(ChannelsRepository) private readonly channels: ChannelsRepository,
    @Inject(PrivacyRepository) private readonly privacy: PrivacyRepository,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** A channel that is open, or was, stays as it is. */
  async open(meetingId: string, opened: Pick<ChannelEntity, 'channel' | 'source'>): Promise<void> {
    await this.work.run(async ({ manager, emit }) => {
      // Held: whoever puts it on the record at this moment either finds the channel, or is found here.
      const meeting = await this.privacy.hold(manager, meetingId);
      if (!meeting || !(await this.channels.open(manager, meetingId, opened))) return;
      // asr hears of a meeting that is off the record once it is on it.
      if (meeting.recorded) emit(sessionOpened(meeting, opened));
    });
  }
}
