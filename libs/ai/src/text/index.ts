export * from './text-engine';
export * from './model-failed.error';
export * from './openai-text.engine';
export * from './text.module';
