import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module';
import { PrivacyModule } from '../privacy/privacy.module';
import { CaptionsController } from './captions.controller';
import { CaptionsService } from './captions.service';

@Module({
  imports: [MeetingsModule, PrivacyModule],
  controllers: [CaptionsController],
  providers: [CaptionsService],
})
export class CaptionsModule {}
