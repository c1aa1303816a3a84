export * from './embedding-engine';
export * from './local-embedding.engine';
export * from './openai-embedding.engine';
export * from './embedding.module';
