import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap, type Erasure } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import { eventually } from '../../test/harness/eventually';
import { describeMachine } from '../machine';
import { withSystem } from '../pipeline/running-system';
import { holdLongMeeting } from './long-meeting';

const PAGE = join(PROJECT_ROOT, 'docs/erasure-speed.md');
const MINUTE = 60_000;

/** Erases a meeting of two hours, and writes how long that took to docs/erasure-speed.md. */
export async function runErasureBench(say: (line: string) => void): Promise<void> {
  if (!process.env.TEST_DATABASE_URL) {
    say(
      'On the embedded Postgres; `node test/servers/run.mjs -- npm run bench -- erasure` takes a real one.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-erasure-'));
  const settings = { BLOBS_DIR: folder, BLOBS_KEY: randomBytes(32).toString('base64') };
  try {
    const page = await withSystem({ settings }, async (system) => {
      const { client } = system;
      say('── a meeting of two hours is held …');
      const meeting = await holdLongMeeting(system, settings, say);
      say(meeting.about);
      const path = { id: meeting.id };
      const startedAt = performance.now();
      const begun = await unwrap(
        client.ingestion.DELETE('/v1/meetings/{id}', { params: { path } }),
      );
      const answeredMs = performance.now() - startedAt;
      const { receipt } = await eventually('the receipt is complete', 2 * MINUTE, async () => {
        const params = { path: { id: begun.id } };
        const now = await unwrap(client.ingestion.GET('/v1/erasures/{id}', { params }));
        return now.status === 'complete' ? now : undefined;
      });
      const completeMs = performance.now() - startedAt;
      if (existsSync(join(folder, 'recordings', meeting.id))) throw new Error('blobs are left');
      return pageOf(meeting.about, answeredMs, completeMs, receipt);
    });
    writeFileSync(PAGE, page);
    say(page);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pageOf(
  about: string,
  answeredMs: number,
  completeMs: number,
  receipt: Erasure['receipt'],
): string {
  const { cpu, cores, system, node } = describeMachine();
  const database = process.env.TEST_DATABASE_URL ? 'a real PostgreSQL' : 'the embedded Postgres';
  const stores = receipt.services.flatMap(({ service, stores: all }) =>
    all
      .filter(({ erased }) => erased > 0)
      .map(({ store, erased }) => [service, store, erased] as const),
  );
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  const day = new Date().toISOString().slice(0, 10);
  return `# How fast a meeting is erased

Written by \`npm run bench -- erasure\` on ${day}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, a real Redis and
${database}. The six services run as processes of their own on the same cores. One run on one machine.

A meeting of two hours: ${about}.

|                                              | measured | promised |
| -------------------------------------------- | -------- | -------- |
| until nobody finds it (\`DELETE\` is answered) | ${seconds(answeredMs)} | |
| until it is gone everywhere (the receipt is signed) | ${seconds(completeMs)} | <= 5 s |

What the receipt counts:

| service | where | erased |
| ------- | ----- | ------ |
${stores.map(([service, store, erased]) => `| ${service} | ${store} | ${erased.toLocaleString('en')} |`).join('\n')}
`;
}
