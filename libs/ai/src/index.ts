export * from './speech/speech-engine';
export * from './embedding/embedding-engine';
export * from './text/text-engine';
