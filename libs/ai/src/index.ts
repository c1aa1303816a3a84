export * from './speech';
export * from './embedding';
export * from './text';
