import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedDatabase } from '@parley/database';

export interface TestDatabase {
  url: string;
  stop(): Promise<void>;
}

/** A fresh PostgreSQL with pgvector: the embedded one, on a free port, in a folder that goes with it. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
  const database = await startEmbeddedDatabase({ dataDir: folder });
  return {
    url: database.url,
    stop: async () => {
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
