import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FoundRepository } from './found.repository';
import { InsightEntity } from './insight.entity';

/** For what looks at a meeting as a whole. */
@Module({
  imports: [TypeOrmModule.forFeature([InsightEntity])],
  providers: [FoundRepository],
  exports: [FoundRepository],
})
export class FoundModule {}
