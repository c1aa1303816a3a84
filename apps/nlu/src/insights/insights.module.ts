import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LinkingModule } from '../linking/linking.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { RefinementService } from '../refinement/refinement.service';
import { InsightEntity } from './insight.entity';
import { InsightMetrics } from './insight.metrics';
import { InsightsController } from './insights.controller';
import { InsightsHandlers } from './insights.handlers';
import { InsightsRepository } from './insights.repository';
import { InsightsService } from './insights.service';

@Module({
  imports: [TypeOrmModule.forFeature([InsightEntity]), MeetingsModule, LinkingModule],
  controllers: [InsightsController, InsightsHandlers],
  providers: [InsightsService, InsightsRepository, InsightMetrics, RefinementService],
})
export class InsightsModule {}
