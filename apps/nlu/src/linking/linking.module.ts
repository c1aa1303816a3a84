import { Module } from '@nestjs/common';
import { FoundModule } from '../insights/found.module';
import { MeetingsModule } from '../meetings/meetings.module';
import { LinkedEntitiesController } from './linked-entities.controller';
import { LinkedEntitiesService } from './linked-entities.service';

@Module({
  imports: [FoundModule, MeetingsModule],
  controllers: [LinkedEntitiesController],
  providers: [LinkedEntitiesService],
  exports: [LinkedEntitiesService],
})
export class LinkingModule {}
