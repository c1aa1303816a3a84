export * from './speech-engine';
export * from './voice-detector';
export { ModelFolderError } from './folder/model-folder.error';
export * from './openai-speech.engine';
export * from './whisper-languages';
export * from './silero/silero.voice-detector';
export * from './model-files';
export * from './speech.module';
export * from './speech-check';
