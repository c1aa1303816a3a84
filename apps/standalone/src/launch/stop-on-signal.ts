import type { LiveLine } from '../terminal/live-line';
import type { RunningSystem } from './launch-system';

/** The first signal stops everything cleanly, the second at once. */
export function stopOnSignal(system: RunningSystem, line: LiveLine): AbortController {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    line.print('\nStopping …');
    setTimeout(() => {
      line.print('Stopped, but not cleanly: it took longer than SHUTDOWN_GRACE_SECONDS.');
      process.exit(1);
    }, system.settings.SHUTDOWN_GRACE_SECONDS * 1_000).unref();
    system.close().then(
      () => {
        line.print('Stopped.');
        process.exit(0);
      },
      (error: unknown) => {
        line.print(
          `Stopped, but not cleanly: ${error instanceof Error ? error.message : String(error)}`,
        );
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return stopping;
}
