import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MeetingsModule } from '../meetings/meetings.module';
import { CoverageController } from './coverage.controller';
import { CoverageMetrics } from './coverage.metrics';
import { CoverageRepository } from './coverage.repository';
import { CoverageService } from './coverage.service';
import { CoverageSpanEntity } from './coverage-span.entity';

@Module({
  imports: [TypeOrmModule.forFeature([CoverageSpanEntity]), MeetingsModule],
  controllers: [CoverageController],
  providers: [CoverageService, CoverageRepository, CoverageMetrics],
  exports: [CoverageService, CoverageRepository],
})
export class CoverageModule {}
