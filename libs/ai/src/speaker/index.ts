export * from './speaker-engine';
export * from './speaker.module';
export * from './x-vector/x-vector.engine';
