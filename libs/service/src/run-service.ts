import { loadSettings, serviceSettings, type ServiceName } from '@parley/config';
import { configureLogging } from '@parley/observability';
import type { Type } from '@nestjs/common';
import { createService } from './create-service';

/** The `main.ts` of a service that has a process of its own: owns the signals and the exit code. */
export async function runService(name: ServiceName, module: Type): Promise<void> {
  try {
    configureLogging({ level: loadSettings(serviceSettings).LOG_LEVEL });
    const service = await createService(module, name);
    let asked = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        void service.close().then(() => process.exit(0));
      });
    }
  } catch (error) {
    process.stderr.write(`${explain(name, error)}\n`);
    process.exit(1);
  }
}

/** Errors that explain themselves to a person; a library may not be imported for its error's sake. */
const EXPLAINED = ['SettingsError', 'ModelFilesError', 'BusSetupError'];

function explain(name: string, error: unknown): string {
  if (error instanceof Error && EXPLAINED.includes(error.name)) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${name}: its port is taken. Stop what uses it, or set ${name.toUpperCase()}_PORT.`;
  }
  return `${name} cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
