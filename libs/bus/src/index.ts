export * from './event-bus';
export * from './broadcast';
export * from './audio-log';
