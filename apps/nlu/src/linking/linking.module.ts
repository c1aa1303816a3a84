import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { InsightEntity } from '../insights/insight.entity';
import { MeetingsModule } from '../meetings/meetings.module';
import { LinkedEntitiesController } from './linked-entities.controller';
import { LinkedEntitiesService } from './linked-entities.service';
import { NamedRepository } from './named.repository';

@Module({
  imports: [TypeOrmModule.forFeature([InsightEntity]), MeetingsModule],
  controllers: [LinkedEntitiesController],
  providers: [LinkedEntitiesService, NamedRepository],
  exports: [LinkedEntitiesService],
})
export class LinkingModule {}
