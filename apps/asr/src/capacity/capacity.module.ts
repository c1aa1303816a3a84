import { Module } from '@nestjs/common';
import { systemClock } from '@parley/contracts';
import { CapacityService } from './capacity.service';
import { LiveStreams } from './live-streams';
import { ReplicasRepository } from './replicas.repository';
import { Workload } from './workload';

@Module({
  providers: [
    { provide: Workload, useFactory: () => new Workload(systemClock) },
    CapacityService,
    ReplicasRepository,
    LiveStreams,
  ],
  exports: [Workload, CapacityService, ReplicasRepository, LiveStreams],
})
export class CapacityModule {}
