import { Module } from '@nestjs/common';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ErasureModule } from '@parley/privacy';
import { ServiceModule } from '@parley/service';
import { asrApi } from './asr.api';
import { asrHoldings } from './asr.holdings';
import { asrSettings } from './asr.settings';
import { CaptionEntity } from './captions/caption.entity';
import { EnginesModule } from './engines/engines.module';
import { ListenModule } from './listen/listen.module';
import { CreateAsr1763800000000 } from './migrations/1763800000000-create-asr';
import { KnowCapacity1764300000000 } from './migrations/1764300000000-know-capacity';
import { ExpectWords1764400000000 } from './migrations/1764400000000-expect-words';
import { TellSpeakers1765000000000 } from './migrations/1765000000000-tell-speakers';
import { RedactPersonalData1765200000005 } from './migrations/1765200000005-redact-personal-data';
import { RedactNames1767300000020 } from './migrations/1767300000020-redact-names';
import { MarkOverlaps1766900000000 } from './migrations/1766900000000-mark-overlaps';
import { TakeCaptions1767300000000 } from './migrations/1767300000000-take-captions';
import { MeetingEntity } from './sessions/meeting.entity';
import { SessionEntity } from './sessions/session.entity';
import { SessionsModule } from './sessions/sessions.module';
import { SpeakerEntity } from './speakers/speaker.entity';
import { SpeakersModule } from './speakers/speakers.module';
import { SegmentEntity } from './transcript/segment.entity';
import { TranscriptModule } from './transcript/transcript.module';
import { TranscriptionsModule } from './transcriptions/transcriptions.module';
import { VoicesEntity } from './voices/voices.entity';

/** Audio becomes segments, and every millisecond of it is accounted for. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'asr', settings: asrSettings, api: asrApi }),
    DatabaseModule.forService({
      schema: 'asr',
      entities: [
        MeetingEntity,
        SessionEntity,
        SegmentEntity,
        CaptionEntity,
        SpeakerEntity,
        VoicesEntity,
      ],
      migrations: [
        CreateAsr1763800000000,
        KnowCapacity1764300000000,
        ExpectWords1764400000000,
        TellSpeakers1765000000000,
        RedactPersonalData1765200000005,
        MarkOverlaps1766900000000,
        TakeCaptions1767300000000,
        RedactNames1767300000020,
      ],
      holdings: asrHoldings,
    }),
    BusModule.forService({ group: 'asr' }),
    ErasureModule.forService('asr'),
    SessionsModule,
    TranscriptModule,
    SpeakersModule,
    TranscriptionsModule,
    ListenModule,
    EnginesModule,
  ],
})
export class AsrModule {}
