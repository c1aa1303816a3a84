import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { CaptionsController } from './captions.controller';
import { CaptionsService } from './captions.service';

@Module({
  imports: [MeetingsModule, AudioModule],
  controllers: [CaptionsController],
  providers: [CaptionsService],
})
export class CaptionsModule {}
