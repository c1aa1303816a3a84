import { Module } from '@nestjs/common';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ServiceModule } from '@parley/service';
import { asrSettings } from './asr.settings';
import { EnginesModule } from './engines/engines.module';
import { CreateAsr1763800000000 } from './migrations/1763800000000-create-asr';
import { MeetingEntity } from './sessions/meeting.entity';
import { SessionEntity } from './sessions/session.entity';
import { SessionsModule } from './sessions/sessions.module';
import { SegmentEntity } from './transcript/segment.entity';
import { TranscriptModule } from './transcript/transcript.module';

/** Audio becomes segments, and every millisecond of it is accounted for. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'asr', settings: asrSettings }),
    DatabaseModule.forService({
      schema: 'asr',
      entities: [MeetingEntity, SessionEntity, SegmentEntity],
      migrations: [CreateAsr1763800000000],
    }),
    BusModule.forService({ group: 'asr' }),
    SessionsModule,
    TranscriptModule,
    EnginesModule,
  ],
})
export class AsrModule {}
