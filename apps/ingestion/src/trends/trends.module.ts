import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TimelineEntryEntity } from '../timeline/timeline-entry.entity';
import { TrendsController } from './trends.controller';
import { TrendsRepository } from './trends.repository';
import { TrendsService } from './trends.service';

@Module({
  imports: [TypeOrmModule.forFeature([TimelineEntryEntity])],
  controllers: [TrendsController],
  providers: [TrendsService, TrendsRepository],
})
export class TrendsModule {}
