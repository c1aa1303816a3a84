import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CoverageModule } from '../coverage/coverage.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { PrivacyModule } from '../privacy/privacy.module';
import { RecordingsModule } from '../recordings/recordings.module';
import { TimelineModule } from '../timeline/timeline.module';
import { Archives } from './archives';
import { ExportsController } from './exports.controller';
import { MeetingArchive } from './meeting-archive';
import { ExportsService } from './exports.service';
import { PersonArchive } from './person-archive';
import { PersonsController } from './persons.controller';
import { PersonsRepository } from './persons.repository';

@Module({
  imports: [
    MeetingsModule,
    TimelineModule,
    CoverageModule,
    PrivacyModule,
    AuditModule,
    RecordingsModule,
  ],
  controllers: [ExportsController, PersonsController],
  providers: [Archives, ExportsService, MeetingArchive, PersonArchive, PersonsRepository],
})
export class ExportsModule {}
