import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MeetingModels } from './meeting-models';
import { ModelBudget } from './model-budget';
import { BUDGET_OF_SERVICE, type BudgetOfService } from './model-budget.settings';
import { ModelUseRepository } from './model-use.repository';

/** Provides {@link MeetingModels}; the service has the table of `createModelUse` and `TextModule`. */
@Global()
@Module({})
export class ModelBudgetModule {
  static forService(budget: BudgetOfService): DynamicModule {
    return {
      module: ModelBudgetModule,
      providers: [
        { provide: BUDGET_OF_SERVICE, useValue: budget },
        ModelUseRepository,
        ModelBudget,
        MeetingModels,
      ],
      exports: [ModelBudget, MeetingModels],
    };
  }
}
