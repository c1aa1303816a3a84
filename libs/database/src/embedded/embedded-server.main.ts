// The embedded database's own process: a crash or a long query of it never touches live audio.
import { join } from 'node:path';
import type { ChildMessage, ChildOptions } from './child-messages';
import { lockDataDirectory } from './data-directory.lock';
import { EmbeddedServer } from './embedded-server';

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;

function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  const unlock = lockDataDirectory(options.dataDir);
  process.once('exit', unlock);
  const server = await EmbeddedServer.start({
    ...options,
    dataDir: join(options.dataDir, 'cluster'),
    onBackendFailure: (error) => {
      // PGlite's state is unknown now: a new process recovers from its write-ahead log.
      process.stderr.write(`embedded database: ${reasonOf(error)}\n`);
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
  process.on('disconnect', stop);
  // It may have happened while the database opened.
  if (!process.connected) stop();
  tell({ type: 'ready', port: server.port });
}

// Ctrl-C reaches the whole process group; the launcher decides when the database may go.
process.on('SIGINT', () => undefined);
main().catch((error: unknown) => {
  const failed: ChildMessage = { type: 'failed', reason: reasonOf(error) };
  if (process.connected) process.send?.(failed, () => process.exit(1));
  else process.exit(1);
});
