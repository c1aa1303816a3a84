import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RunningFeeds } from '../testing/running-feeds';

// Real: the service over HTTP, Postgres (embedded), files. Something in the way stands for a disk that refuses.
describe('the health of the place for blobs', () => {
  let feeds: RunningFeeds;
  const folder = mkdtempSync(join(tmpdir(), 'parley-blobs-health-'));
  const unfinished = join(folder, '.unfinished');

  beforeAll(async () => {
    const BLOBS_KEY = randomBytes(32).toString('base64');
    feeds = await RunningFeeds.start({ BLOBS_DIR: folder, BLOBS_KEY });
  }, 60_000);

  afterAll(async () => {
    await feeds.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Health {
    status: string;
    dependencies: Record<string, { status: string; reason?: string; store?: string }>;
  }
  const health = async (): Promise<Health> =>
    (await (await fetch(`${feeds.url}/health`)).json()) as Health;

  it('is told, and when it refuses the service is degraded and still ready', async () => {
    const before = await health();
    expect(before.dependencies.blobs).toMatchObject({ status: 'up', store: 'filesystem' });
    rmSync(unfinished, { recursive: true, force: true });
    writeFileSync(unfinished, 'a file where a folder must be');
    // An answer is given again for a second.
    while ((await health()).status !== 'degraded') await wait(50);
    expect((await health()).dependencies.blobs).toMatchObject({
      status: 'down',
      reason: expect.stringMatching(/^E[A-Z]+$/) as string,
    });
    expect((await fetch(`${feeds.url}/readyz`)).status).toBe(200);
  });
});
