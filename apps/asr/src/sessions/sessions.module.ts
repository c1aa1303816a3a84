import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DecodingModule } from '../decoding/decoding.module';
import { SpeakerEntity } from '../speakers/speaker.entity';
import { SpeakersRepository } from '../speakers/speakers.repository';
import { VoicesEntity } from '../voices/voices.entity';
import { VoicesRepository } from '../voices/voices.repository';
import { ClaimsService } from './claims.service';
import { KnownMeetings } from './known-meetings';
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
  imports: [
    TypeOrmModule.forFeature([MeetingEntity, SessionEntity, SpeakerEntity, VoicesEntity]),
    DecodingModule,
  ],
  controllers: [SessionsHandlers],
  providers: [
    ClaimsService,
    KnownMeetings,
    ErasedMeetings,
    LeasesRepository,
    SpeakersRepository,
    VoicesRepository,
    SessionsRepository,
    ListenerFactory,
    ListeningService,
    ListeningMetrics,
    SessionsService,
  ],
  exports: [ClaimsService, KnownMeetings, LeasesRepository, ListeningService, SpeakersRepository],
})
export class SessionsModule {}
