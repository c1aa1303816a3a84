import { readFileSync } from 'node:fs';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { Client, type QueryResultRow } from 'pg';

/** The database of a run: PostgreSQL itself where TEST_DATABASE_URL names a server, else the embedded one. */
export class FaultPostgres {
  /** Whether its processes can be killed and its sessions ended. */
  readonly isReal = Boolean(process.env.TEST_DATABASE_URL);
  private looking: Promise<Client> | undefined;

  private constructor(private readonly database: TestDatabase) {}

  static async start(): Promise<FaultPostgres> {
    return new FaultPostgres(await startTestDatabase());
  }

  get url(): string {
    return this.database.url;
  }

  /** For looking on: connects again when its session was among the victims. */
  async rows<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = await (this.looking ??= this.connect());
    try {
      return (await client.query<Row>(sql, values)).rows;
    } catch (error) {
      this.looking = undefined;
      client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Ends every session of the services, some in the middle of a transaction. @returns how many. */
  async endSessions(): Promise<number> {
    const [row] = await this.rows<{ ended: number }>(
      `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    return row?.ended ?? 0;
  }

  /** Kills one session's process as a crash would: PostgreSQL ends all of them and recovers from its log. */
  async crash(): Promise<void> {
    const [victim] = await this.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    if (!victim) throw new Error('PostgreSQL told no process to kill');
    process.kill(victim.pid, 'SIGKILL');
  }

  /** Stops all its processes where they are. @returns how to let them go on. */
  async freeze(): Promise<() => void> {
    const sessions = await this.rows<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL',
    );
    const [first] = sessions;
    if (!first) throw new Error('PostgreSQL told no process to stop');
    const pids = [parentOf(first.pid), ...sessions.map(({ pid }) => pid)];
    for (const pid of pids) signal(pid, 'SIGSTOP');
    return () => {
      for (const pid of pids) signal(pid, 'SIGCONT');
    };
  }

  /**
   * Answers every new row as a server without room does (53100), in all tables of the services: a real full disk
   * would be the machine's.
   */
  async fillDisk(): Promise<void> {
    await this.rows(`CREATE OR REPLACE FUNCTION public.no_room() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file: no space left on device' USING ERRCODE = '53100'; END $$`);
    for (const table of await this.tables()) {
      await this.rows(
        `CREATE OR REPLACE TRIGGER no_room BEFORE INSERT ON ${table} EXECUTE FUNCTION public.no_room()`,
      );
    }
  }

  async freeDisk(): Promise<void> {
    for (const table of await this.tables()) {
      await this.rows(`DROP TRIGGER IF EXISTS no_room ON ${table}`);
    }
  }

  async stop(): Promise<void> {
    await this.looking?.then((client) => client.end()).catch(() => undefined);
    await this.database.stop();
  }

  private async tables(): Promise<string[]> {
    const rows = await this.rows<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('public', 'pg_catalog', 'information_schema') AND tablename <> 'migrations'`,
    );
    return rows.map(({ name }) => name);
  }

  private async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.database.url, query_timeout: 10_000 });
    const forget = (): void => {
      this.looking = undefined;
    };
    client.on('error', forget);
    try {
      await client.connect();
    } catch (error) {
      forget();
      throw error;
    }
    return client;
  }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
