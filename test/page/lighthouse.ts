import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '@parley/config';

const PROGRAM = join(PROJECT_ROOT, '.parley/lighthouse/node_modules/lighthouse/cli/index.js');
const CATEGORIES = ['accessibility', 'best-practices'];
/** Before a test is: what did not end does not outlive it. */
const GIVEN_UP_MS = 150_000;
const MOST_OUTPUT_BYTES = 64 * 2 ** 20;

/** From 0 to 1. */
export interface LighthouseScores {
  /** Where it came to: who is not signed in is led away. */
  url: string;
  scores: Record<string, number | null>;
  /** What lost points. */
  lost: string[];
}

interface Report {
  finalDisplayedUrl: string;
  categories: Record<
    string,
    { score: number | null; auditRefs: { id: string; weight: number }[] } | undefined
  >;
  audits: Record<string, { score: number | null; title: string } | undefined>;
}

/** What Lighthouse says of a page, opened as a new tab of the browser that is debugged on `port`, with its cookies. */
export async function lighthouse(url: string, port: number): Promise<LighthouseScores> {
  if (!existsSync(PROGRAM)) throw new Error('Run `npm run install-lighthouse` first.');
  const options = [
    `--port=${port}`,
    `--only-categories=${CATEGORIES.join(',')}`,
    '--output=json',
    '--quiet',
    '--no-enable-error-reporting',
    '--disable-storage-reset',
    '--disable-full-page-screenshot',
    '--form-factor=desktop',
    '--screenEmulation.disabled',
    '--throttling-method=provided',
    // A feed stays open: the network of a meeting is never quiet.
    '--max-wait-for-load=15000',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, url, ...options], {
    maxBuffer: MOST_OUTPUT_BYTES,
    timeout: GIVEN_UP_MS,
  });
  const { finalDisplayedUrl, categories, audits } = JSON.parse(stdout) as Report;
  const refs = Object.values(categories).flatMap((category) => category?.auditRefs ?? []);
  const lost = refs.flatMap(({ id, weight }) => {
    const audit = audits[id];
    return weight > 0 && audit?.score === 0 ? [`${id}: ${audit.title}`] : [];
  });
  const scores = CATEGORIES.map((name) => [name, categories[name]?.score ?? null] as const);
  return { url: finalDisplayedUrl, scores: Object.fromEntries(scores), lost };
}
