import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RecordingsModule } from '../recordings/recordings.module';
import { ReductionEntity } from './reduction.entity';
import { ReductionSweep } from './reduction.sweep';
import { ReductionsHandlers } from './reductions.handlers';
import { ReductionsRepository } from './reductions.repository';
import { ReductionsService } from './reductions.service';

@Module({
  imports: [TypeOrmModule.forFeature([ReductionEntity]), RecordingsModule],
  controllers: [ReductionsHandlers],
  providers: [ReductionsService, ReductionsRepository, ReductionSweep],
  exports: [ReductionsService],
})
export class ReductionsModule {}
