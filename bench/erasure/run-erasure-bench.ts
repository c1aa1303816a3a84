import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '@parley/client';
import type { Bench } from '../measure';
import { eventually } from '../../test/harness/eventually';
import { processorTime } from '../pipeline/processor-time';
import { withSystem, type RunningSystem } from '../pipeline/running-system';
import { erasureFindings, erasurePage, type MeasuredErasure } from './erasure-page';
import { holdLongMeeting } from './long-meeting';

const MINUTE = 60_000;
/** Two hours, a line every three seconds. */
const LINES = 2_400;
const FEW_LINES = 20;

/** Erases a meeting of two hours, and says how long that took. */
export async function runErasureBench({ say, smoke, ...bench }: Bench): Promise<void> {
  if (!process.env.TEST_DATABASE_URL && !smoke) {
    say(
      'On the embedded Postgres; `node test/servers/run.mjs -- npm run bench -- erasure` takes a real one.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-erasure-'));
  const settings = { BLOBS_DIR: folder, BLOBS_KEY: randomBytes(32).toString('base64') };
  try {
    const report = await withSystem({ settings }, async (system) => {
      say('── a meeting of two hours is held …');
      const meeting = await holdLongMeeting(system, settings, smoke ? FEW_LINES : LINES, say);
      say(meeting.about);
      const measured = await erase(system, meeting.id);
      if (existsSync(join(folder, 'recordings', meeting.id))) throw new Error('blobs are left');
      return {
        page: erasurePage(bench, meeting.about, measured),
        findings: erasureFindings(measured),
        plots: [],
      };
    });
    bench.publish(report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function erase(system: RunningSystem, id: string): Promise<MeasuredErasure> {
  const { ingestion } = system.client;
  const used = processorTime(system);
  const startedAt = performance.now();
  const begun = await unwrap(ingestion.DELETE('/v1/meetings/{id}', { params: { path: { id } } }));
  const answeredMs = performance.now() - startedAt;
  const params = { path: { id: begun.id } };
  const { receipt } = await eventually('the receipt is complete', 2 * MINUTE, async () => {
    const now = await unwrap(ingestion.GET('/v1/erasures/{id}', { params }));
    return now.status === 'complete' && now.signature ? now : undefined;
  });
  const completeMs = performance.now() - startedAt;
  const cores = used();
  // The receipt says when a service first answered; ingestion answers twice.
  const { rows } = await system.database.query<{ service: string; afterMs: number }>(
    `SELECT report.service, round(extract(epoch FROM max(report.at - erasure.requested_at)) * 1000)::int AS "afterMs"
     FROM ingestion.erasure_reports report JOIN ingestion.erasures erasure ON erasure.id = report.erasure_id
     WHERE erasure.id = $1 GROUP BY report.service ORDER BY 2`,
    [begun.id],
  );
  return { answeredMs, completeMs, cores, receipt, reports: rows };
}
