import type { EntityManager } from 'typeorm';

/**
 * From here to the end of the transaction nobody else holds the lock of this name, in any replica. The embedded database grants
 * every lock at once; there the transaction itself keeps the others out.
 * @param name of what is locked, with the schema and the table before it: all services share one space of names.
 */
export async function lockByName(manager: EntityManager, name: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}
