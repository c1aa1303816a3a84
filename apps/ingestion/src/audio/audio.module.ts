import { Module } from '@nestjs/common';
import { CoverageModule } from '../coverage/coverage.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { AudioGateway } from './audio.gateway';

@Module({ imports: [MeetingsModule, CoverageModule], providers: [AudioGateway] })
export class AudioModule {}
