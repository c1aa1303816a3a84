export * from './count-model-use';
export { MeetingModels } from './meeting-models';
export { ModelBudget } from './model-budget';
export * from './model-budget.module';
export * from './model-budget.settings';
