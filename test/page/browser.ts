import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import PROGRAMS from './chromium-programs.json';

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

/** A real browser that has never been here, with a recording in place of a microphone. */
export async function openBrowser(microphone: string): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'parley-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM ?? 'chromium',
    viewport: { width: 1_280, height: 800 },
    permissions: ['microphone'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}%noloop`,
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

/** What a person who cannot see or point would stumble over, by WCAG 2.2 AA. */
export async function barriers(page: Page): Promise<string[]> {
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
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
}
