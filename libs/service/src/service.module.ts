import { Global, Module, ValidationPipe, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { loadSettings, SETTINGS, type ServiceName, type ServiceSettings } from '@parley/config';
import { HealthModule } from '@parley/health';
import { MetricsModule } from '@parley/observability';
import type { z } from 'zod';
import { ServiceClient } from './client/service-client';
import { ProblemFilter } from './problems/problem.filter';
import { SocketRouter } from './sockets/socket-router';

/** What every service stands on: settings, logs, metrics, health, problems, validation, calls to the others. */
@Global()
@Module({})
export class ServiceModule {
  static forService(options: {
    name: ServiceName;
    settings: z.ZodObject & z.ZodType<ServiceSettings>;
  }): DynamicModule {
    return {
      module: ServiceModule,
      imports: [MetricsModule.forService(options.name), HealthModule],
      providers: [
        { provide: SETTINGS, useFactory: () => loadSettings(options.settings) },
        { provide: APP_FILTER, useClass: ProblemFilter },
        {
          provide: APP_PIPE,
          useFactory: () =>
            new ValidationPipe({
              whitelist: true,
              forbidNonWhitelisted: true,
              transform: true,
              stopAtFirstError: false,
            }),
        },
        ServiceClient,
        SocketRouter,
      ],
      exports: [SETTINGS, ServiceClient, SocketRouter],
    };
  }
}
