import {
  Controller,
  Get,
  Global,
  Header,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { droppedFields } from '../logging/dropped-fields';
import { HttpMetrics } from './http.metrics';
import { Metrics } from './metrics';
import { claimProcessMetrics, releaseProcessMetrics } from './process.metrics';

@ApiTags('operations')
@Controller('metrics')
class MetricsController {
  constructor(@Inject(Registry) private readonly registry: Registry) {}

  @ApiOperation({ operationId: 'getMetrics', summary: 'Metrics for Prometheus' })
  @ApiOkResponse({
    description: 'The text format of Prometheus.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  read(): Promise<string> {
    return this.registry.metrics();
  }
}

/** `/metrics` over a registry of the service's own: six services in one process must not mix. */
@Global()
@Module({})
export class MetricsModule implements OnApplicationShutdown {
  static forService(name: string): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [
        { provide: Registry, useFactory: newRegistry },
        {
          provide: Metrics,
          useFactory: (registry: Registry) => serviceMetrics(name, registry),
          inject: [Registry],
        },
        {
          provide: HttpMetrics,
          useFactory: (metrics: Metrics) => new HttpMetrics(metrics),
          inject: [Metrics],
        },
      ],
      exports: [Registry, Metrics, HttpMetrics],
    };
  }

  constructor(@Inject(Registry) private readonly registry: Registry) {}

  onApplicationShutdown(): void {
    releaseProcessMetrics(this.registry);
  }
}

function serviceMetrics(name: string, registry: Registry): Metrics {
  const metrics = new Metrics(name, registry);
  metrics.readingTotal(
    'log_withheld_total',
    'Fields and messages kept out of the log because nothing allows them.',
    () => droppedFields(name),
  );
  return metrics;
}

function newRegistry(): Registry {
  const registry = new Registry();
  claimProcessMetrics(registry);
  return registry;
}
