import { Module, type DynamicModule, type InjectionToken } from '@nestjs/common';
import { steadyClock } from '@parley/contracts';
import type { BreakerOptions } from './breaker/breaker';
import { Breakers } from './breaker/breakers';
import type { RetryBudgetOptions } from './retry-budget/retry-budget';
import { RetryBudgets } from './retry-budget/retry-budgets';

/** What holds for whatever is called `name`. */
export type ResilienceOf = (
  name: string,
) => Omit<BreakerOptions, 'clock'> & Omit<RetryBudgetOptions, 'clock'>;

interface ResilienceFactory {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Nest's own factories
  useFactory: (...given: any[]) => ResilienceOf;
  inject: InjectionToken[];
}

/** The breakers and retry budgets of a service, one for each provider and workspace, shared by all that call. */
@Module({})
export class ResilienceModule {
  static forService({ useFactory, inject }: ResilienceFactory): DynamicModule {
    const made = <Kind>(Kind: new (of: ReturnType<typeof clocked>) => Kind) => ({
      provide: Kind,
      useFactory: (...given: unknown[]) => new Kind(clocked(useFactory(...given))),
      inject,
    });
    const providers = [made(Breakers), made(RetryBudgets)];
    return {
      module: ResilienceModule,
      global: true,
      providers,
      exports: [Breakers, RetryBudgets],
    };
  }
}

function clocked(of: ResilienceOf) {
  return (name: string) => ({ ...of(name), clock: steadyClock });
}
