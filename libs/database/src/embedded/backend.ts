import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { query, SYNC } from './client-messages';

/** The one PostgreSQL backend there is; whoever calls it must own it. */
export class Backend {
  private constructor(
    private readonly database: PGlite,
    readonly serverVersion: string,
  ) {}

  static async open(dataDir: string): Promise<Backend> {
    const database = await PGlite.create({ dataDir, extensions: { vector, pg_trgm } });
    const { rows } = await database.query<{ server_version: string }>('SHOW server_version');
    return new Backend(database, rows[0]?.server_version ?? '18');
  }

  /** @throws when the backend is lost: nothing may be sent to it any more. */
  async execute(request: Buffer): Promise<Buffer> {
    const answer = await this.database.execProtocolRaw(request);
    return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  }

  /** Leaves whatever a vanished client had begun. */
  async rollBack(): Promise<void> {
    await this.execute(Buffer.concat([SYNC, query('ROLLBACK')]));
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
