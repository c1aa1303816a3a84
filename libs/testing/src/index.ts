export * from './free-ports';
