import { bootFinished } from '@parley/boot';
import { peekSetting, serviceSettings, type ServiceName } from '@parley/config';
import { configureLogging, logEvent } from '@parley/observability';
import type { Type } from '@nestjs/common';
import { createService, type RunningService } from './create-service';

/**
 * The `main.ts` of a service that has a process of its own: owns the signals and the exit code. The first
 * SIGTERM or SIGINT drains: exit 0, or 1 when SHUTDOWN_GRACE_SECONDS did not suffice. The second ends at once: 1.
 */
export async function runService(name: ServiceName, module: Type): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
    });
  }
  configureLogging({ level: peekSetting(serviceSettings, 'LOG_LEVEL') });
  try {
    const service = await createService(module, name, { signal: stopping.signal });
    bootFinished();
    if (!stopping.signal.aborted) {
      await new Promise((resolve) => {
        stopping.signal.addEventListener('abort', resolve);
      });
    }
    await closeInTime(service);
    process.exit(0);
  } catch (error) {
    if (stopping.signal.aborted && error === stopping.signal.reason) process.exit(0);
    process.stderr.write(`${explain(name, error)}\n`);
    process.exit(1);
  }
}

async function closeInTime(service: RunningService): Promise<void> {
  const graceSeconds = peekSetting(serviceSettings, 'SHUTDOWN_GRACE_SECONDS');
  setTimeout(() => {
    logEvent('service.not-drained', { graceSeconds });
    process.exit(1);
  }, graceSeconds * 1_000);
  await service.close();
}

/** Errors that explain themselves to a person; a library may not be imported for its error's sake. */
const EXPLAINED = [
  'SettingsError',
  'ModelFilesError',
  'ModelFolderError',
  'BusSetupError',
  'StartWaitError',
];

function explain(name: string, error: unknown): string {
  if (error instanceof Error && EXPLAINED.includes(error.name)) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${name}: its port is taken. Stop what uses it, or set ${name.toUpperCase()}_PORT.`;
  }
  return `${name} cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
