import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DecodingModule } from '../decoding/decoding.module';
import { ClaimsService } from './claims.service';
import { ErasedMeetings } from './erased-meetings';
import { LeasesRepository } from './leases.repository';
import { ListenerFactory } from './listener.factory';
import { ListeningMetrics } from './listening.metrics';
import { ListeningService } from './listening.service';
import { MeetingEntity } from './meeting.entity';
import { SessionEntity } from './session.entity';
import { SessionsHandlers } from './sessions.handlers';
import { SessionsRepository } from './sessions.repository';
import { SessionsService } from './sessions.service';

@Module({
  imports: [TypeOrmModule.forFeature([MeetingEntity, SessionEntity]), DecodingModule],
  controllers: [SessionsHandlers],
  providers: [
    ClaimsService,
    ErasedMeetings,
    LeasesRepository,
    SessionsRepository,
    ListenerFactory,
    ListeningService,
    ListeningMetrics,
    SessionsService,
  ],
  exports: [ClaimsService, LeasesRepository, ListeningService],
})
export class SessionsModule {}
