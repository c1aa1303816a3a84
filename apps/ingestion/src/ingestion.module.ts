import { Module } from '@nestjs/common';
import { BlobsModule } from '@parley/blobs';
import { BusModule } from '@parley/bus';
import { DatabaseModule } from '@parley/database';
import { ErasureModule } from '@parley/privacy';
import { ServiceModule } from '@parley/service';
import { AudioModule } from './audio/audio.module';
import { ChannelEntity } from './audio/channel.entity';
import { AuditEntryEntity } from './audit/audit-entry.entity';
import { AuditModule } from './audit/audit.module';
import { CaptionsModule } from './captions/captions.module';
import { CoverageModule } from './coverage/coverage.module';
import { CoverageSpanEntity } from './coverage/coverage-span.entity';
import { ErasureReportEntity } from './erasures/erasure-report.entity';
import { ErasureEntity } from './erasures/erasure.entity';
import { ErasuresModule } from './erasures/erasures.module';
import { ExportsModule } from './exports/exports.module';
import { ingestionApi } from './ingestion.api';
import { ingestionHoldings } from './ingestion.holdings';
import { ingestionSettings } from './ingestion.settings';
import { KeyEntity } from './keys/key.entity';
import { KeysModule } from './keys/keys.module';
import { MeetingEntity } from './meetings/meeting.entity';
import { MeetingsModule } from './meetings/meetings.module';
import { CreateIngestion1763800000000 } from './migrations/1763800000000-create-ingestion';
import { KnowSendersAgain1763900000000 } from './migrations/1763900000000-know-senders-again';
import { CreateAccess1764800000000 } from './migrations/1764800000000-create-access';
import { CreateAuditLog1764810000000 } from './migrations/1764810000000-create-audit-log';
import { KeepReceipts1764900000001 } from './migrations/1764900000001-keep-receipts';
import { SwitchPrivacy1764900000002 } from './migrations/1764900000002-switch-privacy';
import { KeepNotesOnly1765200000002 } from './migrations/1765200000002-keep-notes-only';
import { RedactPersonalData1765200000004 } from './migrations/1765200000004-redact-personal-data';
import { RedactNames1767300000021 } from './migrations/1767300000021-redact-names';
import { KeepRecordings1766200000000 } from './migrations/1766200000000-keep-recordings';
import { KeepPlans1766100100000 } from './migrations/1766100100000-keep-plans';
import { PlannedMeetingEntity } from './planned-meetings/planned-meeting.entity';
import { PlannedMeetingsModule } from './planned-meetings/planned-meetings.module';
import { TraceLines1766300000000 } from './migrations/1766300000000-trace-lines';
import { SetWorkspaceDefaults1766400000000 } from './migrations/1766400000000-set-workspace-defaults';
import { FindEntriesByType1766800000000 } from './migrations/1766800000000-find-entries-by-type';
import { FindAuditEntries1766200000001 } from './migrations/1766200000001-find-audit-entries';
import { FindPlansByKey1767100000000 } from './migrations/1767100000000-find-plans-by-key';
import { SignIn1767300000010 } from './migrations/1767300000010-sign-in';
import { TakeCaptions1767300000001 } from './migrations/1767300000001-take-captions';
import { TakeUploads1767300000040 } from './migrations/1767300000040-take-uploads';
import { KnowWhatIsAccounted1767300000043 } from './migrations/1767300000043-know-what-is-accounted';
import { ConsentEntity } from './privacy/consent.entity';
import { PrivacyModule } from './privacy/privacy.module';
import { RecordingPartEntity } from './recordings/recording-part.entity';
import { RecordingsModule } from './recordings/recordings.module';
import { ReductionEntity } from './reductions/reduction.entity';
import { ReductionsModule } from './reductions/reductions.module';
import { SignInModule } from './sign-in/sign-in.module';
import { TicketsModule } from './tickets/tickets.module';
import { TimelineEntryEntity } from './timeline/timeline-entry.entity';
import { TimelineModule } from './timeline/timeline.module';
import { TracesModule } from './traces/traces.module';
import { TrendsModule } from './trends/trends.module';
import { UploadEntity } from './uploads/upload.entity';
import { UploadsModule } from './uploads/uploads.module';
import { WorkspaceEntity } from './workspaces/workspace.entity';
import { WorkspacesModule } from './workspaces/workspaces.module';

/** Meetings, their audio on its way in, and the live timeline on its way out. */
@Module({
  imports: [
    ServiceModule.forService({ name: 'ingestion', settings: ingestionSettings, api: ingestionApi }),
    DatabaseModule.forService({
      schema: 'ingestion',
      entities: [
        MeetingEntity,
        ChannelEntity,
        CoverageSpanEntity,
        TimelineEntryEntity,
        WorkspaceEntity,
        KeyEntity,
        AuditEntryEntity,
        ErasureEntity,
        ErasureReportEntity,
        ConsentEntity,
        ReductionEntity,
        RecordingPartEntity,
        PlannedMeetingEntity,
        UploadEntity,
      ],
      migrations: [
        CreateIngestion1763800000000,
        KnowSendersAgain1763900000000,
        CreateAccess1764800000000,
        CreateAuditLog1764810000000,
        KeepReceipts1764900000001,
        SwitchPrivacy1764900000002,
        KeepNotesOnly1765200000002,
        RedactPersonalData1765200000004,
        KeepRecordings1766200000000,
        KeepPlans1766100100000,
        TraceLines1766300000000,
        SetWorkspaceDefaults1766400000000,
        FindAuditEntries1766200000001,
        FindEntriesByType1766800000000,
        FindPlansByKey1767100000000,
        TakeCaptions1767300000001,
        TakeUploads1767300000040,
        KnowWhatIsAccounted1767300000043,
        RedactNames1767300000021,
        SignIn1767300000010,
      ],
      holdings: ingestionHoldings,
    }),
    BusModule.forService({ group: 'ingestion' }),
    ErasureModule.forService('ingestion'),
    BlobsModule.forRoot(),
    MeetingsModule,
    PlannedMeetingsModule,
    ErasuresModule,
    ReductionsModule,
    PrivacyModule,
    RecordingsModule,
    AudioModule,
    CaptionsModule,
    UploadsModule,
    CoverageModule,
    TimelineModule,
    TracesModule,
    TrendsModule,
    ExportsModule,
    TicketsModule,
    WorkspacesModule,
    KeysModule,
    SignInModule,
    AuditModule,
  ],
})
export class IngestionModule {}
