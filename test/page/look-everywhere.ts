import type { Page } from 'playwright-core';
import { barriers } from './browser';

const HEIGHT = 900;
/** A telephone, a tablet, a wide screen. */
const WIDTHS = [390, 820, 1_920];

/** What is wrong with the place that is shown, by day and by night, at each width: barriers, and what reaches beyond the edge. */
export async function lookEverywhere(page: Page, widths: number[] = WIDTHS): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of widths) {
      await page.setViewportSize({ width, height: HEIGHT });
      const beyond = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      const wrong = await barriers(page);
      if (beyond !== 0) wrong.push(`${beyond} px beyond the edge`);
      found.push(...wrong.map((what) => `${colorScheme}, ${width} px: ${what}`));
    }
  }
  return found;
}
