// The embedded database's own process: a crash or a long query of it never touches live audio.
import { join } from 'node:path';
import { EmbeddedDatabaseError, lockDataDirectory } from './data-directory.lock';
import { EmbeddedServer } from './embedded-server';
import type { ChildMessage, ChildOptions } from './child-messages';

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;

function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

async function main(): Promise<void> {
  const unlock = lockDataDirectory(options.dataDir);
  process.once('exit', unlock);
  const server = await EmbeddedServer.start({
    ...options,
    dataDir: join(options.dataDir, 'cluster'),
    onBackendFailure: (error) => {
      // PGlite's state is unknown now: a new process recovers from its write-ahead log.
      process.stderr.write(
        `embedded database: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      process.exit(1);
    },
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  // Ctrl-C reaches the whole process group; the launcher decides when the database may go.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', stop);
  tell({ type: 'ready', port: server.port });
}

main().catch((error: unknown) => {
  const known = error instanceof EmbeddedDatabaseError || (error as NodeJS.ErrnoException).code;
  const reason = error instanceof Error ? error.message : String(error);
  tell({ type: 'failed', reason, final: Boolean(known) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});
