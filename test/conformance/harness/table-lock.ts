import { Client } from 'pg';

/** Holds a table while `work` runs: whoever needs it waits. */
export async function whileLocked<T>(
  databaseUrl: string,
  table: string,
  work: () => Promise<T>,
): Promise<T> {
  const holder = new Client(databaseUrl);
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return await work();
  } finally {
    await holder.query('ROLLBACK').catch(() => undefined);
    await holder.end();
  }
}
