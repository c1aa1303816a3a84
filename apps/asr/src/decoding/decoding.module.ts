import { Module } from '@nestjs/common';
import { SpeechEngine, SpeechModule } from '@parley/ai';
import { SETTINGS } from '@parley/config';
import { systemClock } from '@parley/contracts';
import { HealthRegistry } from '@parley/health';
import { Metrics } from '@parley/observability';
import { CapacityModule } from '../capacity/capacity.module';
import { Workload } from '../capacity/workload';
import { AsrMetrics } from '../asr.metrics';
import type { AsrSettings } from '../asr.settings';
import { DecodeQueue } from './decode-queue';
import { SpeedCheckService } from './speed-check.service';

const speech = SpeechModule.forRoot();

@Module({
  imports: [speech, CapacityModule],
  providers: [
    AsrMetrics,
    SpeedCheckService,
    {
      provide: DecodeQueue,
      inject: [SpeechEngine, SETTINGS, AsrMetrics, Workload, Metrics, HealthRegistry],
      useFactory: watchedQueue,
    },
  ],
  exports: [speech, CapacityModule, DecodeQueue, AsrMetrics],
})
export class DecodingModule {}

function watchedQueue(
  engine: SpeechEngine,
  settings: AsrSettings,
  metrics: AsrMetrics,
  workload: Workload,
  all: Metrics,
  health: HealthRegistry,
): DecodeQueue {
  const queue = new DecodeQueue(engine, settings.ASR_CONCURRENT_DECODES, systemClock, (decoded) => {
    metrics.decoded(decoded);
    if (decoded.urgency === 'final') workload.decoded(decoded.seconds);
  });
  all.reading('decode_queue_length', 'Decodes that wait for the engine.', () => queue.length);
  health.registerHealthCheck('speech', false, async () => ({
    up: queue.healthy,
    engine: engine.name,
    ...(queue.healthy ? {} : { reason: 'decode-failed' }),
  }));
  return queue;
}
