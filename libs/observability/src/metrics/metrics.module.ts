import {
  Controller,
  Get,
  Global,
  Header,
  Inject,
  Module,
  type DynamicModule,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { HttpMetrics } from './http.metrics';

@ApiExcludeController()
@Controller('metrics')
class MetricsController {
  constructor(@Inject(Registry) private readonly registry: Registry) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.registry.metrics();
  }
}

/** `/metrics` over a registry of the service's own: six services in one process must not mix. */
@Global()
@Module({})
export class MetricsModule {
  static forService(name: string): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [
        { provide: Registry, useFactory: () => new Registry() },
        {
          provide: HttpMetrics,
          useFactory: (registry: Registry) => new HttpMetrics(name, registry),
          inject: [Registry],
        },
      ],
      exports: [Registry, HttpMetrics],
    };
  }
}
