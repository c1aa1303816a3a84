import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MeetingModels } from './meeting-models';
import { ModelBudget } from './model-budget';
import { MODEL_USER, type ModelUser } from './model-budget.settings';
import { ModelUseRepository } from './model-use.repository';

/** Provides {@link MeetingModels}; the service has the table of `createModelUse` and `TextModule`. */
@Global()
@Module({})
export class ModelBudgetModule {
  static forService(service: ModelUser): DynamicModule {
    return {
      module: ModelBudgetModule,
      providers: [
        { provide: MODEL_USER, useValue: service },
        ModelUseRepository,
        ModelBudget,
        MeetingModels,
      ],
      exports: [ModelBudget, MeetingModels],
    };
  }
}
