export * from './speech-engine';
export * from './voice-detector';
export * from './moonshine.engine';
export * from './silero.voice-detector';
export * from './model-files';
export * from './speech.module';
export * from './speech-check';
