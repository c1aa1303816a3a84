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

interface ResilienceFactory<Settings> {
  useFactory: (settings: Settings) => ResilienceOf;
  /** Names the settings. */
  inject: InjectionToken<Settings>;
}

/** The breakers and retry budgets of a service, one for each provider and workspace, shared by all that call. */
@Module({})
export class ResilienceModule {
  static forService<Settings>({ useFactory, inject }: ResilienceFactory<Settings>): DynamicModule {
    const made = <Kind>(Kind: new (of: ReturnType<typeof clocked>) => Kind) => ({
      provide: Kind,
      useFactory: (settings: Settings) => new Kind(clocked(useFactory(settings))),
      inject: [inject],
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
