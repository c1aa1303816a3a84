import { embeddedBus } from '@parley/bus';
import { ChainCheck, makeEvent, type AuditEntry } from '@parley/contracts';
import { Client } from 'pg';
import type { IssuedKey } from '../keys/key.dto';
import { RunningAccess } from '../testing/running-access';

const IN_ACME = { 'x-workspace-id': 'acme' };

// Real: the service over HTTP with auth on, PostgreSQL (embedded), the in-memory bus.
describe('the audit log', () => {
  let access: RunningAccess;
  let database: Client;
  beforeAll(async () => {
    access = await RunningAccess.start();
    database = new Client(access.database.url);
    await database.connect();
    await access.ask('POST', '/v1/workspaces', { body: { id: 'acme', name: 'Acme' } });
  });
  afterAll(async () => {
    await database.end();
    await access.close();
  });

  const entries = async (query = ''): Promise<AuditEntry[]> =>
    (await access.ask<{ items: AuditEntry[] }>('GET', `/v1/audit${query}`, { headers: IN_ACME }))
      .body.items;
  /** The relay writes behind the answer. */
  const untilThere = async (count: number): Promise<AuditEntry[]> => {
    for (;;) {
      const found = await entries();
      if (found.length >= count) return found;
    }
  };
  const faultOf = (newestFirst: AuditEntry[]): string | null => {
    const check = new ChainCheck();
    for (const entry of newestFirst) {
      const fault = check.follow(entry);
      if (fault !== null) return fault;
    }
    return check.end();
  };

  it('says who made and revoked which key, chained, newest first', async () => {
    const body = { name: 'Ann', scopes: ['read', 'admin'], workspaceId: 'acme' };
    const { id, secret } = (await access.ask<IssuedKey>('POST', '/v1/keys', { body })).body;
    await access.ask('DELETE', `/v1/keys/${id}`, { key: secret });
    const found = await untilThere(3);
    expect(found.map(({ sequence, action }) => [sequence, action])).toEqual([
      [3, 'key.revoked'],
      [2, 'key.created'],
      [1, 'workspace.created'],
    ]);
    expect(found[0]).toMatchObject({
      workspaceId: 'acme',
      subjectId: id,
      actor: { id: `key:${id}`, name: 'Ann' },
      details: { name: 'Ann' },
    });
    expect(found[1]?.actor).toEqual({
      id: expect.stringMatching(/^key:[0-9a-f]{12}$/) as string,
      name: 'operator',
    });
    expect(found[1]?.details).toEqual({ name: 'Ann', scopes: 'read admin' });
    expect(faultOf(found)).toBeNull();
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('keeps an event that comes twice once, and many at a time in one chain', async () => {
    const before = (await entries()).length;
    const events = Array.from({ length: 10 }, (_, at) =>
      makeEvent(
        'audit.recorded',
        {
          action: 'document.removed',
          actor: { id: 'key:1', name: 'Ann' },
          subjectId: `document ${at}`,
          details: {},
        },
        { workspaceId: 'acme' },
      ),
    );
    await embeddedBus()?.bus.publish(...events);
    await embeddedBus()?.bus.publish(...events);
    const found = await entries('?limit=200');
    expect(found).toHaveLength(before + 10);
    expect(faultOf(found)).toBeNull();
  });

  it('finds what was decided about one thing by an index, however much there is', async () => {
    // The table is small: a planner that may choose reads all of it.
    await database.query('BEGIN');
    await database.query('SET LOCAL enable_seqscan = off');
    const plan = await database.query(
      `EXPLAIN SELECT * FROM ingestion.audit_entries
       WHERE workspace_id = 'acme' AND subject_id IN ('a', 'b')`,
    );
    await database.query('ROLLBACK');
    expect(JSON.stringify(plan)).toContain('audit_entries_by_subject');
  });

  it('is read page by page', async () => {
    const all = await entries('?limit=200');
    const first = await access.ask<{ items: AuditEntry[]; nextCursor: string }>(
      'GET',
      '/v1/audit?limit=2',
      { headers: IN_ACME },
    );
    const next = await entries(`?limit=200&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...next]).toEqual(all);
    const bad = await access.ask('GET', '/v1/audit?cursor=-1', { headers: IN_ACME });
    expect(bad.status).toBe(400);
  });

  it.each([
    ['changed', `UPDATE ingestion.audit_entries SET actor_name = 'Bob'`],
    ['shortened', `DELETE FROM ingestion.audit_entries WHERE sequence = 1`],
    ['emptied', `TRUNCATE ingestion.audit_entries`],
  ])('cannot be %s', async (_, statement) => {
    await expect(database.query(statement)).rejects.toThrow('only ever added to');
  });

  it('shows it when somebody lifts that and changes an entry', async () => {
    await database.query('ALTER TABLE ingestion.audit_entries DISABLE TRIGGER audit_entries_stay');
    await database.query(
      `UPDATE ingestion.audit_entries SET actor_name = 'Bob' WHERE workspace_id = 'acme' AND sequence = 2`,
    );
    expect(faultOf(await entries('?limit=200'))).toBe(
      'entry 2 is not what was written: its hash does not match',
    );
  });

  it("shows nobody another workspace's", async () => {
    const body = { name: 'elsewhere', scopes: ['admin'] };
    const { secret } = (await access.ask<IssuedKey>('POST', '/v1/keys', { body })).body;
    const mine = await access.ask<{ items: AuditEntry[] }>('GET', '/v1/audit', { key: secret });
    expect(new Set(mine.body.items.map(({ workspaceId }) => workspaceId))).not.toContain('acme');
  });
});
