import type { Page, Response } from 'playwright-core';
import { gzipSync } from 'node:zlib';

/** The scripts that a place of the page asks for before anybody does anything, gzipped. */
export async function scriptLoad(
  page: Page,
  url: string,
  place: string,
): Promise<{ place: string; gzippedKb: number; files: number }> {
  const sizes: Promise<number>[] = [];
  const note = (response: Response): void => {
    if (response.request().resourceType() !== 'script') return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  };
  page.on('response', note);
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForLoadState('load');
  const found = await Promise.all(sizes);
  page.off('response', note);
  const bytes = found.reduce((sum, size) => sum + size, 0);
  return { place, gzippedKb: bytes / 1_000, files: found.length };
}
