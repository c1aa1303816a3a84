import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { PROJECT_ROOT } from '@parley/config';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

// Read, not imported: built programs have no copy of it.
const PROGRAMS = JSON.parse(
  readFileSync(join(PROJECT_ROOT, 'test/page/chromium-programs.json'), 'utf8'),
) as string[];

/** The Chromium of this machine, or undefined. `CHROMIUM` names another. */
export const CHROMIUM = process.env.CHROMIUM ?? PROGRAMS.find((program) => existsSync(program));

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export interface TestBrowser {
  context: BrowserContext;
  page: Page;
  /** What the page's console complained of, and what was asked of other hosts. */
  complaints: string[];
  close(): Promise<void>;
}

export interface BrowserOptions {
  /** Whether it lets the page hear when it asks. Default: yes. */
  allowed?: boolean;
  /** Rules by which names become addresses, as Chromium has them. */
  hosts?: string;
  /** The port on which others may drive it. Default: none may. */
  debuggedOn?: number;
}

/**
 * A real browser that has never been here.
 * @param microphone a recording in its place; null: there is none
 */
export async function openBrowser(
  microphone: string | null,
  { allowed = true, hosts, debuggedOn }: BrowserOptions = {},
): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'parley-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM ?? 'chromium',
    viewport: { width: 1_280, height: 800 },
    permissions: allowed ? ['microphone'] : [],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      allowed ? '--use-fake-ui-for-media-stream' : '--use-fake-ui-for-media-stream=deny',
      ...(microphone === null
        ? []
        : [
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-audio-capture=${microphone}%noloop`,
          ]),
      ...(debuggedOn ? [`--remote-debugging-port=${debuggedOn}`] : []),
      ...(hosts ? [`--host-resolver-rules=${hosts}`] : []),
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(?:localhost|127\.0\.0\.1)$/.test(new URL(request.url()).hostname)) {
      complaints.push(`asked ${request.url()}`);
    }
  });
  return {
    context,
    page,
    complaints,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A look may fall between two frames of a page that is being painted: a barrier is there at each of so many. */
const LOOKS = 3;

/** What a person who cannot see or point would stumble over, by WCAG 2.2 AA. */
export async function barriers(page: Page): Promise<string[]> {
  let found = await barriersNow(page);
  for (let look = 1; look < LOOKS && found.length > 0; look += 1) found = await barriersNow(page);
  return found;
}

async function barriersNow(page: Page): Promise<string[]> {
  // Colours of another scheme or width are there once they were painted.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))',
  );
  // Run by the debugger, which the page's own policy does not concern.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(options),
    { runOnly: RULES },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
}
