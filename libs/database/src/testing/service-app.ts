import { Global, Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@parley/bus';
import { SETTINGS } from '@parley/config';
import { makeEvent, newId, type Envelope } from '@parley/contracts';
import { HealthModule } from '@parley/health';
import type { DatabaseOptions } from '../database-options';
import { DatabaseModule } from '../database.module';

@Global()
@Module({})
class SurroundingsModule {}

/** For tests: a service that has nothing but its database; `poolSize` as on the embedded one. */
export function startServiceApp(
  url: string,
  bus: EventBus,
  options: DatabaseOptions & { imports?: DynamicModule[]; poolSize?: number },
): Promise<INestApplicationContext> {
  const settings = { DATABASE_URL: url, DATABASE_POOL_SIZE: options.poolSize ?? 2 };
  const surroundings: DynamicModule = {
    module: SurroundingsModule,
    providers: [
      { provide: SETTINGS, useValue: settings },
      { provide: EventBus, useValue: bus },
    ],
    exports: [SETTINGS, EventBus],
  };
  @Module({
    imports: [
      surroundings,
      HealthModule,
      DatabaseModule.forService(options),
      ...(options.imports ?? []),
    ],
  })
  class ServiceAppModule {}
  return NestFactory.createApplicationContext(ServiceAppModule, {
    logger: false,
    abortOnError: false,
  });
}

/** Some event; which one does not matter here. */
export function someEvent(meetingId = newId()): Envelope {
  return makeEvent('document.removed', { documentId: newId() }, { meetingId });
}
