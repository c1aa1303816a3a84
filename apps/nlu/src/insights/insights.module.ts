import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LinkingModule } from '../linking/linking.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { RefinementService } from '../refinement/refinement.service';
import { CarriedRepository } from './carried.repository';
import { InsightEntity } from './insight.entity';
import { InsightMetrics } from './insight.metrics';
import { InsightsController } from './insights.controller';
import { InsightsHandlers } from './insights.handlers';
import { InsightsRepository } from './insights.repository';
import { InsightsService } from './insights.service';
import { SegmentReader } from './segment-reader';

@Module({
  imports: [TypeOrmModule.forFeature([InsightEntity]), MeetingsModule, LinkingModule],
  controllers: [InsightsController, InsightsHandlers],
  providers: [
    InsightsService,
    SegmentReader,
    InsightsRepository,
    CarriedRepository,
    InsightMetrics,
    RefinementService,
  ],
})
export class InsightsModule {}
