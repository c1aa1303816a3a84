import { Inject, Module } from '@nestjs/common';
import {
  ENDPOINT_SPEECH,
  ModelMetrics,
  SpeakerModule,
  SpeechEngine,
  SpeechModule,
  watchBreaker,
} from '@parley/ai';
import { SETTINGS } from '@parley/config';
import { systemClock } from '@parley/contracts';
import { HealthRegistry } from '@parley/health';
import { Metrics } from '@parley/observability';
import { EndpointBreaker } from '@parley/resilience';
import { CapacityModule } from '../capacity/capacity.module';
import { Workload } from '../capacity/workload';
import { AsrMetrics } from '../asr.metrics';
import type { AsrSettings } from '../asr.settings';
import { DecodeQueue } from './decode-queue';
import { SpeechDecoder } from './speech-decoder';
import { SpeedCheckService } from './speed-check.service';

/** Requests to the endpoint at a time: it has its own queue, and people wait. */
const REQUESTS = 16;

const speech = SpeechModule.forRoot();
const speakers = SpeakerModule.forRoot();

@Module({
  imports: [speech, speakers, CapacityModule],
  providers: [
    AsrMetrics,
    SpeedCheckService,
    {
      provide: SpeechDecoder,
      inject: [SpeechEngine, ENDPOINT_SPEECH, SETTINGS, AsrMetrics, ModelMetrics, Workload],
      useFactory: speechDecoder,
    },
  ],
  exports: [speech, speakers, CapacityModule, SpeechDecoder, AsrMetrics],
})
export class DecodingModule {
  constructor(
    @Inject(SpeechDecoder) speech: SpeechDecoder,
    @Inject(Metrics) metrics: Metrics,
    @Inject(HealthRegistry) health: HealthRegistry,
  ) {
    metrics.reading(
      'decode_queue_length',
      'Decodes that wait for an engine.',
      () => speech.waiting,
    );
    health.registerHealthCheck('speech', false, async () => speech.health);
  }
}

function speechDecoder(
  engine: SpeechEngine,
  remote: SpeechEngine | null,
  settings: AsrSettings,
  metrics: AsrMetrics,
  models: ModelMetrics,
  workload: Workload,
): SpeechDecoder {
  const clock = systemClock;
  const local = new DecodeQueue(engine, settings.ASR_CONCURRENT_DECODES, clock, (decoded) => {
    metrics.decoded(engine.name, decoded);
    if (decoded.urgency === 'final') workload.decoded(decoded.seconds);
  });
  const endpoint =
    remote &&
    new DecodeQueue(remote, REQUESTS, clock, (decoded) => {
      metrics.decoded(remote.name, decoded);
      // What it would cost here counts: all of it comes back when the endpoint goes.
      const here = decoded.audioSeconds * (local.realTimeFactor ?? 0);
      if (decoded.urgency === 'final') workload.decoded(here);
    });
  const fellBack = models.fellBack.bind(models);
  const breaker = new EndpointBreaker({ clock });
  if (remote) watchBreaker(breaker, { engine: remote.name, who: 'everybody', metrics: models });
  return new SpeechDecoder({ local, endpoint, clock, breaker, fellBack });
}
