export * from './service-settings';
export * from './load-settings';
export * from './provide-settings';
export * from './settings-error';
export * from './settings.token';
export * from './paths';
