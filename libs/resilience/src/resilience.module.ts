import { Module, type DynamicModule, type InjectionToken } from '@nestjs/common';
import { steadyClock } from '@parley/contracts';
import type { BreakerOptions } from './breaker/breaker';
import { Breakers } from './breaker/breakers';

interface ResilienceFactory {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Nest's own factories
  useFactory: (...given: any[]) => Omit<BreakerOptions, 'clock'>;
  inject: InjectionToken[];
}

/** The breakers of a service, one for each provider and workspace, shared by all that call. */
@Module({})
export class ResilienceModule {
  static forService({ useFactory, inject }: ResilienceFactory): DynamicModule {
    const breakers = {
      provide: Breakers,
      useFactory: (...given: unknown[]) =>
        new Breakers({ ...useFactory(...given), clock: steadyClock }),
      inject,
    };
    return { module: ResilienceModule, global: true, providers: [breakers], exports: [Breakers] };
  }
}
