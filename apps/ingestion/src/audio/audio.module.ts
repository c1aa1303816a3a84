import { Module } from '@nestjs/common';
import { CoverageModule } from '../coverage/coverage.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { PrivacyModule } from '../privacy/privacy.module';
import { RecordingsModule } from '../recordings/recordings.module';
import { AdmissionService } from './admission.service';
import { AudioGateway } from './audio.gateway';
import { ChannelOpenings } from './channel-openings';
import { ChannelEnds } from './channel-ends';
import { SendersService } from './senders.service';

@Module({
  imports: [MeetingsModule, PrivacyModule, CoverageModule, RecordingsModule],
  providers: [AudioGateway, AdmissionService, SendersService, ChannelEnds, ChannelOpenings],
  exports: [ChannelOpenings, SendersService],
})
export class AudioModule {}
