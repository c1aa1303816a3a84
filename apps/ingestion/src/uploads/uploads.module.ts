import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AudioModule } from '../audio/audio.module';
import { CoverageModule } from '../coverage/coverage.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { UploadCarrier } from './upload-carrier';
import { UploadFiles } from './upload-files';
import { UploadHearings } from './upload-hearings';
import { UploadPlaces } from './upload-places.interceptor';
import { UploadEntity } from './upload.entity';
import { UploadMetrics } from './upload.metrics';
import { UploadsController } from './uploads.controller';
import { UploadsRepository } from './uploads.repository';
import { UploadsService } from './uploads.service';

@Module({
  imports: [TypeOrmModule.forFeature([UploadEntity]), MeetingsModule, AudioModule, CoverageModule],
  controllers: [UploadsController],
  providers: [
    UploadsService,
    UploadHearings,
    UploadCarrier,
    UploadFiles,
    UploadsRepository,
    UploadMetrics,
    UploadPlaces,
  ],
})
export class UploadsModule {}
