import { resolve, sep } from 'node:path';
import type { ServiceSettings } from './service-settings';

/** The project's root: the folder that holds `libs/` (or `dist/libs/`). */
export const PROJECT_ROOT = resolve(
  __dirname,
  __dirname.includes(`${sep}dist${sep}libs${sep}`) ? '../../../..' : '../../..',
);

/** A path below DATA_DIR; a relative DATA_DIR counts from the project's root. */
export function dataPath(settings: Pick<ServiceSettings, 'DATA_DIR'>, ...parts: string[]): string {
  return resolve(PROJECT_ROOT, settings.DATA_DIR, ...parts);
}

/** Where the model weights are. */
export function modelsPath(
  settings: Pick<ServiceSettings, 'DATA_DIR' | 'MODELS_DIR'>,
  ...parts: string[]
): string {
  return settings.MODELS_DIR
    ? resolve(PROJECT_ROOT, settings.MODELS_DIR, ...parts)
    : dataPath(settings, 'models', ...parts);
}

/**
 * The built JavaScript of a worker or child process that stands beside the caller in the source tree.
 * Also right when the caller runs from TypeScript (jest): it points into `dist/`.
 */
export function builtFile(callerDirectory: string, name: string): string {
  const distribution = resolve(PROJECT_ROOT, 'dist');
  const directory = callerDirectory.startsWith(distribution + sep)
    ? callerDirectory
    : callerDirectory.replace(PROJECT_ROOT, distribution);
  return resolve(directory, `${name}.js`);
}
