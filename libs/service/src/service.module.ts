import { Global, Module, ValidationPipe, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { needsBus } from '@parley/bus';
import {
  loadSettings,
  SERVICE_RULES,
  SETTINGS,
  settingsWarnings,
  type ServiceName,
  type ServiceSettings,
} from '@parley/config';
import { needsDatabase } from '@parley/database';
import { HealthModule } from '@parley/health';
import { IdempotencyModule } from '@parley/idempotency';
import { logEvent, MetricsModule } from '@parley/observability';
import { SharedRedis } from '@parley/redis';
import type { z } from 'zod';
import { KeyRing } from './access/key-ring';
import { KeySync } from './access/key-sync';
import { KeyHandlers } from './access/key.handlers';
import { ServiceKeys } from './access/service-keys';
import { Tickets } from './access/tickets';
import { ServiceClient } from './client/service-client';
import { API_ABOUT, type ApiAbout } from './contract/api-about';
import { rememberValidationRules } from './http/body/remember-validation-rules';
import { StorableFieldsPipe } from './http/body/storable-fields.pipe';
import { LimitsModule } from './limits/limits.module';
import { ProblemFilter, writeProblem } from './problems/problem.filter';
import { SocketRouter } from './sockets/socket-router';

/** What every service stands on: settings, logs, metrics, health, problems, validation, calls to the others. */
@Global()
@Module({})
export class ServiceModule {
  static forService(options: {
    name: ServiceName;
    settings: z.ZodObject & z.ZodType<ServiceSettings>;
    /** What `/docs` says of the service as a whole. */
    api?: ApiAbout;
  }): DynamicModule {
    rememberValidationRules();
    return {
      module: ServiceModule,
      imports: [
        MetricsModule.forService(options.name),
        HealthModule,
        LimitsModule.forService(options.name),
        IdempotencyModule.forService({ name: options.name, writeProblem }),
      ],
      controllers: [KeyHandlers],
      providers: [
        { provide: SETTINGS, useFactory: () => settingsOf(options.settings) },
        { provide: API_ABOUT, useValue: options.api ?? { description: '', tags: {} } },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: StorableFieldsPipe },
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
        SharedRedis,
        ServiceKeys,
        KeyRing,
        KeySync,
        Tickets,
        ServiceClient,
        SocketRouter,
      ],
      exports: [
        SETTINGS,
        SharedRedis,
        ServiceKeys,
        KeyRing,
        KeySync,
        Tickets,
        ServiceClient,
        SocketRouter,
      ],
    };
  }
}

function settingsOf(schema: z.ZodObject & z.ZodType<ServiceSettings>): ServiceSettings {
  const rules = [...SERVICE_RULES, needsDatabase, needsBus];
  const settings = loadSettings(schema, undefined, rules) as ServiceSettings;
  for (const { given, meant } of settingsWarnings(schema)) {
    logEvent('settings.misspelt', { given, meant });
  }
  return settings;
}
