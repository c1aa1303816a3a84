export * from './speaker-engine';
export * from './x-vector/x-vector.engine';
export { X_VECTOR_FILES } from './x-vector/x-vector';
