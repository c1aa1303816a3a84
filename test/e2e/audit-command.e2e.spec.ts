import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { unwrap } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { Client } from 'pg';
import { eventually } from '../harness/eventually';
import { ParleyWithStores } from './parley-with-stores';

const MINUTES = 60_000;
const COMMAND = join(PROJECT_ROOT, 'dist/apps/standalone/src/commands/audit.main.js');

// Real: the built system and the command in processes of their own, Postgres, Redis.
describe('npm run audit -- verify', () => {
  let running: ParleyWithStores;
  let database: Client;
  const verify = (...args: string[]) => {
    const ports = Object.entries(running.parley.client.urls).map(([name, url]) => [
      `${name.toUpperCase()}_PORT`,
      new URL(url).port,
    ]);
    const env = { PATH: process.env.PATH, DATA_DIR: running.dataDir };
    return spawnSync(process.execPath, [COMMAND, 'verify', ...args], {
      env: { ...env, ...(Object.fromEntries(ports) as Record<string, string>) },
      encoding: 'utf8',
    });
  };

  beforeAll(async () => {
    running = await ParleyWithStores.start();
    database = new Client(running.database.url);
    await database.connect();
    for (const name of ['One', 'Two', 'Three']) {
      const { ingestion } = running.parley.client;
      await unwrap(ingestion.PATCH('/v1/workspaces/current', { body: { name } }));
    }
    await eventually('not all was noted', MINUTES, async () =>
      // What a start decides by itself is among them.
      /holds: [3-9] entries/.test(verify().stdout),
    );
  }, 3 * MINUTES);
  afterAll(async () => {
    await database.end();
    await running.stop();
  }, MINUTES);

  it('says that the chain holds, and of an entry to keep elsewhere that it is still there', () => {
    const { status, stdout } = verify();
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^The chain holds: \d entries/)]);
    const kept = /^\d+:[0-9a-f]{64}$/m.exec(stdout)?.[0] ?? '';
    expect(verify('--expect', kept).status).toBe(0);
    const other = verify('--expect', `9:${'0'.repeat(64)}`);
    expect(other.status).toBe(1);
    expect(other.stderr).toContain('the expected entry is not in it');
  });

  it('fails, and says where, once somebody has changed what was written', async () => {
    await database.query('ALTER TABLE ingestion.audit_entries DISABLE TRIGGER audit_entries_stay');
    await database.query(
      `UPDATE ingestion.audit_entries SET actor_name = 'Bob' WHERE sequence = 2`,
    );
    const { status, stderr } = verify();
    expect(status).toBe(1);
    expect(stderr).toContain('The chain breaks: entry 2 is not what was written');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
